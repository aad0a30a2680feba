/** What Chela itself costs, measured through its public surface. */
@NullMarked
package ai.chela.launcher.bench;

import org.jspecify.annotations.NullMarked;
