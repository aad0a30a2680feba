/** What people read, in English and in Chinese. */
@org.jspecify.annotations.NullMarked
package ai.chela.agent.reply;
