mod end;
pub use end::LoginEnd;
