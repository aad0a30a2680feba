package ai.chela.agent.policy;

/** What policy says of an operation; {@code rule} names the rule, for people. */
public sealed interface Decision {
    String rule();

    record Allow(String rule) implements Decision {}

    record Ask(String rule) implements Decision {}

    record Deny(String rule) implements Decision {}
}
