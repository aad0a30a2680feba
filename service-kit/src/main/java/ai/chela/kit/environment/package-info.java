/** The environment variables that a service starts with: their list, and their check before anything else happens. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.environment;
