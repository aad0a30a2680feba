/** Messages as they look on the wire, which today's code must read and write again. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.golden;
