/** Approvals that wait for a person, and her decisions. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.approval;
