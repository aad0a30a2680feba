package ai.chela.agent.planner;

import java.util.List;

/**
 * Something that can be done.
 *
 * @param deferrable whether a reminder may do it later ("every day at 9 check the disk")
 */
record Task(String name, boolean deferrable, List<Method> methods) {}
