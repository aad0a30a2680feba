package ai.chela.memory.recall;

import ai.chela.memory.fact.Fact;

/** One change of a scope, under its number. Numbers of a scope only grow; each is given once. */
public sealed interface Change {
    long number();

    /** This fact is now current. */
    record Current(long number, Fact fact) implements Change {}

    /** This one no longer is: superseded or forgotten. */
    record Gone(long number, String id) implements Change {}
}
