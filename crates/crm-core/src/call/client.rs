//! What every vendor's client and builder have in common, written once.

/// Gives a vendor's client, a tuple struct around [`Pipeline`](crate::call::Pipeline), its calls.
#[macro_export]
macro_rules! client_calls {
    ($client:ident, $vendor:ty) => {
        impl $client {
            /// Sends an operation and gives its typed answer.
            ///
            /// # Errors
            /// See [`ErrorKind`]($crate::ErrorKind) for each kind and what to do about it.
            pub fn send<O>(
                &self,
                operation: O,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<O::Output, $crate::Error>> + Send + use<'_, O>
            where
                O: $crate::operation::Operation<Vendor = $vendor>,
            {
                self.0.send(operation)
            }

            /// Sends an operation and gives its typed answer with status, headers and body.
            ///
            /// # Errors
            /// See [`ErrorKind`]($crate::ErrorKind).
            pub fn send_full<O>(
                &self,
                operation: O,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<$crate::call::Response<O::Output>, $crate::Error>,
            > + Send + use<'_, O>
            where
                O: $crate::operation::Operation<Vendor = $vendor>,
            {
                self.0.send_full(operation)
            }

            /// The pages of a list, fetched one after the other as they are asked for.
            pub fn pages<O>(&self, operation: O) -> $crate::call::Pages<O>
            where
                O: $crate::operation::Paged<Vendor = $vendor>,
            {
                self.0.pages(operation)
            }

            /// A call that the documentation does not cover, with the same credentials, quota, retries and judging.
            pub fn raw(
                &self,
                method: $crate::http::Method,
                path: impl ::core::convert::Into<::std::string::String>,
            ) -> $crate::call::RawCall<$vendor> {
                self.0.raw(method, path)
            }

            /// The same client with other settings for the calls of this clone.
            #[must_use]
            pub fn with(&self, options: $crate::call::CallOptions) -> Self {
                Self(self.0.with(options))
            }
        }
    };
}

/// Gives a vendor's client builder, a struct with a field `options:` [`ClientOptions`](crate::call::ClientOptions), the
/// settings that all vendors share.
#[macro_export]
macro_rules! client_options {
    ($builder:ident) => {
        impl $builder {
            /// Talks to this address instead of the documented one: `https://host` or `https://host/path`.
            #[must_use]
            pub fn base_url(mut self, url: impl ::core::convert::Into<::std::string::String>) -> Self {
                self.options.base_url = Some(url.into());
                self
            }

            /// Time for one attempt, from connecting to the last byte of the answer. Default 30 s.
            #[must_use]
            pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.options.timeout = timeout;
                self
            }

            /// Time for name lookup, TCP and TLS. Default 10 s. An HTTP client that you bring has its own.
            #[must_use]
            pub fn connect_timeout(mut self, timeout: ::std::time::Duration) -> Self {
                self.options.connect_timeout = timeout;
                self
            }

            /// Time for a whole call: quota, login, all attempts and the pauses between them. Default 120 s.
            #[must_use]
            pub fn deadline(mut self, deadline: ::std::time::Duration) -> Self {
                self.options.deadline = deadline;
                self
            }

            /// How failed attempts are repeated.
            #[must_use]
            pub fn retry(mut self, policy: $crate::call::RetryPolicy) -> Self {
                self.options.retry = policy;
                self
            }

            /// The call quota, instead of the documented one. Share one between all clients of the same company.
            #[must_use]
            pub fn quota(mut self, quota: impl $crate::call::Quota) -> Self {
                self.options.quota = Some(::std::sync::Arc::new(quota));
                self
            }

            /// Where tokens are kept, instead of this client's memory. Share one between all clients of an account.
            #[must_use]
            pub fn token_store(mut self, store: ::std::sync::Arc<dyn $crate::call::TokenStore>) -> Self {
                self.options.token_store = Some(store);
                self
            }

            /// Largest answer in bytes, decompressed. Default 16 MiB.
            #[must_use]
            pub fn max_body(mut self, bytes: usize) -> Self {
                self.options.max_body = bytes;
                self
            }

            /// Lets plain http leave this machine: credentials and customers' data are then readable on the network.
            #[must_use]
            pub fn allow_plain_http(mut self, allow: bool) -> Self {
                self.options.allow_plain_http = allow;
                self
            }

            /// Sends all calls through a proxy.
            #[must_use]
            pub fn proxy(mut self, proxy: $crate::call::Proxy) -> Self {
                self.options.proxy = Some(proxy);
                self
            }

            /// Trusts these authorities beside the machine's own: one or more certificates as PEM, for a deployment in a
            /// company's own network. `build` refuses a text that holds none, and certificates beside an HTTP client or
            /// a transport that you bring.
            #[must_use]
            pub fn root_certificates(mut self, pem: impl ::core::convert::Into<::std::vec::Vec<u8>>) -> Self {
                self.options.root_certificates.push(pem.into());
                self
            }

            /// Adds to the user agent, to tell the vendor who calls.
            #[must_use]
            pub fn user_agent(mut self, suffix: impl ::core::convert::Into<::std::string::String>) -> Self {
                self.options.user_agent = Some(suffix.into());
                self
            }

            /// Sends through this HTTP client, which must not follow redirects; begin it with
            /// [`http_client_builder`]($crate::call::http_client_builder).
            #[must_use]
            pub fn http_client(mut self, client: $crate::reqwest::Client) -> Self {
                self.options.set_http_client(client);
                self
            }

            /// Sends through this transport: for tests and special networks.
            #[must_use]
            pub fn transport(mut self, transport: ::std::sync::Arc<dyn $crate::call::Transport>) -> Self {
                self.options.transport = Some(transport);
                self
            }

            /// The wall clock that expiry dates are read against.
            #[must_use]
            pub fn clock(mut self, clock: ::std::sync::Arc<dyn $crate::call::Clock>) -> Self {
                self.options.clock = clock;
                self
            }
        }
    };
}
