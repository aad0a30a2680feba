package ai.chela.launcher.demo;

import picocli.CommandLine.Command;

/** {@code demo}: holds the demonstrations. */
@Command(name = "demo", description = "Promises, shown", synopsisSubcommandLabel = "crash")
public final class DemoCommand {}
