//! dustess's records as neutral ones.

use std::collections::HashSet;

use crm_core::User;
use crm_core::model::Json;

use crate::models::{Department, Employee};

impl From<Employee> for User {
    fn from(from: Employee) -> Self {
        let mut user = Self::default();
        user.raw = Json::from_serialize(&from).ok();
        user.id = from.id;
        user.name = from.name;
        user
    }
}

/// The employees of departments. Who works in several is there once, with the first.
pub(super) fn users(departments: Vec<Department>) -> Vec<User> {
    let mut seen = HashSet::new();
    let mut users = Vec::new();
    for department in departments {
        for employee in department.emp_list {
            if employee.id.as_ref().is_some_and(|id| !seen.insert(id.clone())) {
                continue;
            }
            let mut user = User::from(employee);
            user.department_id = department.id.clone();
            user.department_name = department.name.clone();
            users.push(user);
        }
    }
    users
}
