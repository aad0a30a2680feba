/** The gateway's HTTP interface as a terminal uses it: send, chat, pair. */
@NullMarked
package ai.chela.launcher.client;

import org.jspecify.annotations.NullMarked;
