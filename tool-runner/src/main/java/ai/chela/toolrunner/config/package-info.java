/** What can be configured, and the tools that are made from it. */
@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.config;
