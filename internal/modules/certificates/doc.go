// Package certificates certifies what people have had of supervision, and says
// which training credit it gives.
//
// The words:
//
//   - The type of credit is derived from who is in a group and from who
//     supervises it, and never asked.
//   - An accreditation is that the professional order recognised the sessions of
//     a group. It counts when it came before the first of them.
//   - A certificate says what somebody attended. It is numbered, keeps what it
//     said, and is never changed: a correction is another one that names it.
//     Its document is a PDF, stored as it was issued.
//
// A certificate is issued by a person, when the attendance threshold of the
// rules is met. Those whom it is about see it and download it; anybody with its
// code may ask whether it stands, and learns no name. It says hours, and nothing
// of what was said.
package certificates
