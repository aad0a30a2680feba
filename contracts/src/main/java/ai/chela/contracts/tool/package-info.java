/** Work done by tools. */
@org.jspecify.annotations.NullMarked
package ai.chela.contracts.tool;
