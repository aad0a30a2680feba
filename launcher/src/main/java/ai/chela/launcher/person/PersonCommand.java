package ai.chela.launcher.person;

import picocli.CommandLine.Command;

/** {@code person}: holds the commands about persons. */
@Command(name = "person", description = "Who may talk to Chela", synopsisSubcommandLabel = "add")
public final class PersonCommand {}
