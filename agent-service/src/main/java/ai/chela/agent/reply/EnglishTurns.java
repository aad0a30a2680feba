package ai.chela.agent.reply;

import ai.chela.agent.planner.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of a turn itself: models, calls, greetings. English. */
interface EnglishTurns extends TurnPhrases {
    @Override
    default String needsModel(
            @Nullable String notUnderstood, List<String> nearest, @Nullable String modelProblem, boolean telling) {
        StringBuilder text = new StringBuilder(
                telling
                        ? "I see nothing in that for me to do. Unless you have switched learning off, I keep what you tell me of"
                                + " yourself in a form that leaves no doubt, such as \"my name is Ann\" or \"I prefer short"
                                + " answers\": /memory shows what I know. To be sure, say: remember that ..."
                        : "I did not understand that, so I did nothing.");
        if (!telling && notUnderstood != null && !notUnderstood.isBlank())
            text.append(" What I could not place: \"")
                    .append(Shortened.text(notUnderstood))
                    .append("\".");
        if (!nearest.isEmpty()) {
            text.append(" The nearest that I do know:");
            for (String form : nearest) text.append("\n- ").append(form);
        }
        text.append("\n\nFree conversation needs a language model. ");
        if (modelProblem != null) text.append("One is configured, but: ").append(modelProblem);
        else
            text.append("None is configured: put one into config/models.yaml, or start with CHELA_MODEL_BASE_URL and"
                    + " CHELA_MODEL_NAME set; `./chela doctor` finds an Ollama on this machine. /help shows what works"
                    + " without.");
        return text.toString();
    }

    @Override
    default String local(String operation) {
        return switch (operation) {
            case "agent.greet" -> "Hello! What can I do for you? /help shows what I understand.";
            case "agent.thanks" -> "You are welcome.";
            case "agent.about" ->
                "I am Chela, the team's resident assistant. I remember what you tell me, remind you, watch addresses,"
                        + " and work with tools in a sandbox. /help shows how to ask.";
            case "agent.help" -> EnglishPhrases.INSTANCE.help();
            default -> throw new IllegalArgumentException(operation);
        };
    }

    @Override
    default String preferred(Operation operation) {
        return switch (operation.name()) {
            case "settings.language" ->
                "zh".equals(operation.args().get("language")) ? "好的，以后我用中文回复。" : "All right, I will answer in English.";
            case "settings.timezone" -> "Your time zone is " + operation.args().get("zone") + " now.";
            default -> throw new IllegalArgumentException(operation.name());
        };
    }

    @Override
    default String stopped() {
        return "Stopped.";
    }

    @Override
    default String broken() {
        return "Something went wrong inside Chela, and I could not finish this. The cause is kept as a dead letter;"
                + " whoever runs Chela sees it with `./chela status`. Please try again.";
    }

    @Override
    default String modelLost() {
        return "The model did not finish its answer, after three tries. Please ask again.";
    }

    @Override
    default String modelEmpty() {
        return "The model gave an empty answer. Please ask again, or in other words.";
    }

    @Override
    default String modelCircles(int rounds) {
        return "The model used tools " + rounds + " times without coming to an answer, so I stopped it.";
    }

    @Override
    default String modelFailure(String code, String model, String detail) {
        String what = switch (code) {
            case "model.unreachable" -> "cannot be reached";
            case "model.timeout" -> "took too long";
            case "model.rate-limited" -> "is rate-limited; try again in a while";
            case "model.unauthorized" -> "refuses the API key";
            case "model.not-found" -> "is not known to its endpoint";
            case "model.configuration" -> "is configured wrongly";
            case "model.too-long" -> "did not come to an end";
            default -> "failed";
        };
        return "The model " + model + " " + what + ". " + detail;
    }

    @Override
    default String serviceSilent(String service, boolean stands) {
        return service + " has not answered. "
                + (stands
                        ? "Your request is stored and will be done when it is back; please look before you ask again."
                        : "Please ask again in a moment.");
    }

    @Override
    default String toolSilent(Operation operation) {
        return "Outcome unknown: " + operation.name()
                + " was handed to tool-runner, which has not answered. It may or may not have run.";
    }

    @Override
    default String laterArrives(String where) {
        return "What comes later cannot arrive in this kind of conversation; you find it here: " + where;
    }
}
