/** Places at which a process can be made to die, so that tests can prove what survives. */
@org.jspecify.annotations.NullMarked
package ai.chela.kit.fault;
