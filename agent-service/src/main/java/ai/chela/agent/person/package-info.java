/** The people as this service knows them, and their preferences. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.person;
