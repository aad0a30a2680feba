/** What people say and what Chela answers. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.turn;
