/** The people Chela works for. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.identity;
