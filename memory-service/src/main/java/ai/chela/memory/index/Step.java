package ai.chela.memory.index;

/** One change of a scope, under its number. Numbers of a scope only grow; each is given once. */
public sealed interface Step {
    long number();

    /** This version is now current. */
    record Put(long number, Entry entry) implements Step {}

    /** This one no longer is: superseded or forgotten. */
    record Gone(long number, String id) implements Step {}
}
