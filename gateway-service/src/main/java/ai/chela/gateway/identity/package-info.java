/** Who is calling: people from the file and from pairings, their tokens and chat addresses. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.identity;
