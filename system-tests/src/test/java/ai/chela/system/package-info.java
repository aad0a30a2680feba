/** What Chela promises, tried from outside on a stack as everybody starts it: by its command, over HTTP, over XMPP. */
@NullMarked
package ai.chela.system;

import org.jspecify.annotations.NullMarked;
