package ai.chela.agent.planner;

import java.util.List;

/**
 * Something that can be done.
 *
 * @param deferrable whether a reminder may do it later ("every day at 9 check the disk")
 * @param alone whether it is only ever the whole message, never one request of several
 */
record Task(String name, boolean deferrable, boolean alone, List<Method> methods) {}
