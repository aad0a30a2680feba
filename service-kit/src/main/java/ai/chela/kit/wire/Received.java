package ai.chela.kit.wire;

import ai.chela.contracts.Envelope;

/** A message with what is around it. */
public record Received<T>(Envelope envelope, T payload) {}
