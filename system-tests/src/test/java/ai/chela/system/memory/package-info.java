/** What memory-service keeps whatever happens to its process. */
@NullMarked
package ai.chela.system.memory;

import org.jspecify.annotations.NullMarked;
