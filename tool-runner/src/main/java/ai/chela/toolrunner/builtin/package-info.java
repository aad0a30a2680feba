/** Tools that come with Chela: the host, time and dates, calculation, a command in the sandbox. */
@org.jspecify.annotations.NullMarked
package ai.chela.toolrunner.builtin;
