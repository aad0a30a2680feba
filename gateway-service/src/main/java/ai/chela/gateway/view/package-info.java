/** Questions to other services about what a person may see there. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.view;
