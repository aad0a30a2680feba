@org.jspecify.annotations.NullMarked
package ai.chela.gateway.db;
