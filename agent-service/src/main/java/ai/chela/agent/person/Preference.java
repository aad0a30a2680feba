package ai.chela.agent.person;

import org.jspecify.annotations.Nullable;

/** What a person has set for herself by {@code /language} and {@code /timezone}; null: as her profile says. */
public record Preference(
        @Nullable String language, @Nullable String zone) {}
