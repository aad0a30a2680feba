/** Talking to Chela as any client over HTTP does. */
@NullMarked
package ai.chela.system.api;

import org.jspecify.annotations.NullMarked;
