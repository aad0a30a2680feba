/** One transaction for one tenant. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.tenancy;
