@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.call;
