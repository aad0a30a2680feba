/** What runs, and what is wrong, on one page. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.status;
