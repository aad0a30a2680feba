/** Runs a command where it sees no host file and no network, within limits, or says why it cannot. */
@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.sandbox;
