/** Kills parts of a real stack under load, and proves from journals kept outside of it that nothing was lost or doubled. */
@NullMarked
package ai.chela.system.fault;

import org.jspecify.annotations.NullMarked;
