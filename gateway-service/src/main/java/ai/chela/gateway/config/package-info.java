/** This service's own settings. */
@org.jspecify.annotations.NullMarked
package ai.chela.gateway.config;
