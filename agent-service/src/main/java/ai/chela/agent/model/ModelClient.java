package ai.chela.agent.model;

import ai.chela.agent.operation.Catalogue.Offer;
import ai.chela.agent.prompt.PromptMessage;
import ai.chela.agent.turn.TurnEvent.ModelAnswered.ToolCall;
import ai.chela.kit.file.TrustedFile;
import ai.chela.kit.wire.WireJson;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls a model through an OpenAI-compatible interface, streaming. Thread-safe; the credential is read at each call. */
public final class ModelClient {
    private static final TypeReference<LinkedHashMap<String, Object>> ARGUMENTS = new TypeReference<>() {};
    private static final int MAX_ANSWER_CHARACTERS = 1_000_000;

    /** More models than anybody configures; what is beyond is made anew. */
    private static final int MOST_KEPT = 32;

    private final Path folder;
    private final int mostCharacters;

    /** A call waits in a thread for its stream, so threads must cost nothing. */
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    private final Map<Endpoint, OpenAiStreamingChatModel> kept = new ConcurrentHashMap<>();

    private record Endpoint(
            String baseUrl,
            String model,
            Duration timeout,
            @Nullable String key,
            @Nullable CaFile ca) {
        /** Without the credential. */
        @Override
        public String toString() {
            return baseUrl + " " + model;
        }
    }

    /** As it was when it was read: a renewed one makes another client. */
    private record CaFile(Path path, FileTime changed) {
        static CaFile of(Path path) throws IOException {
            try {
                return new CaFile(path, Files.getLastModifiedTime(path));
            } catch (NoSuchFileException e) {
                throw new IOException("ca-file " + path + " is not there", e);
            }
        }

        SSLContext trusted() throws IOException {
            try {
                return TrustedFile.context(path);
            } catch (GeneralSecurityException e) {
                throw new IOException("ca-file " + path + " is no PEM file of certificates: " + e.getMessage(), e);
            }
        }
    }

    /** {@code folder}: where relative paths of secrets and certificates start. */
    public ModelClient(Path folder) {
        this(folder, MAX_ANSWER_CHARACTERS);
    }

    /** As {@link #ModelClient(Path)}; a longer answer than {@code mostCharacters} is broken off and is none. */
    public ModelClient(Path folder, int mostCharacters) {
        this.folder = folder;
        this.mostCharacters = mostCharacters;
    }

    /**
     * Asks a model. The result is never a failure of the {@code Uni}: what went wrong is a {@link ModelAnswer.Failed}. When
     * nobody waits for it any more (cancelled, or too late) the stream is closed.
     *
     * @param offers what it may call; empty: nothing
     * @param partial told each piece of text as it comes, on any thread, in order
     */
    public Uni<ModelAnswer> ask(
            ModelSettings.Model model, List<PromptMessage> prompt, List<Offer> offers, Consumer<String> partial) {
        Duration time = model.timeout();
        return Uni.createFrom()
                .<ModelAnswer>emitter(emitter -> {
                    try {
                        Listener listener = new Listener(offers, mostCharacters, partial, emitter::complete);
                        emitter.onTermination(listener::breakOff);
                        client(model).chat(request(prompt, offers), listener);
                    } catch (IOException e) {
                        emitter.complete(new ModelAnswer.Failed("model.configuration", message(e)));
                    } catch (RuntimeException e) {
                        emitter.complete(failed(e));
                    }
                })
                .ifNoItem()
                .after(time)
                .recoverWithItem(() ->
                        new ModelAnswer.Failed("model.timeout", "No whole answer within " + time.toSeconds() + " s."));
    }

    private OpenAiStreamingChatModel client(ModelSettings.Model model) throws IOException {
        String key = model.apiKey() == null ? null : model.apiKey().resolve(folder);
        CaFile ca = model.caFile() == null ? null : CaFile.of(folder.resolve(model.caFile()));
        Endpoint endpoint = new Endpoint(model.baseUrl(), model.model(), model.timeout(), key, ca);
        OpenAiStreamingChatModel known = kept.get(endpoint);
        if (known != null) return known;
        OpenAiStreamingChatModel made = client(endpoint);
        if (kept.size() > MOST_KEPT) kept.clear();
        kept.put(endpoint, made);
        return made;
    }

    private OpenAiStreamingChatModel client(Endpoint endpoint) throws IOException {
        HttpClient.Builder http = HttpClient.newBuilder().executor(threads);
        if (endpoint.ca() != null) http.sslContext(endpoint.ca().trusted());
        var builder = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(JdkHttpClient.builder().httpClientBuilder(http))
                .baseUrl(endpoint.baseUrl())
                .modelName(endpoint.model())
                .timeout(endpoint.timeout());
        if (endpoint.key() != null) builder.apiKey(endpoint.key());
        return builder.build();
    }

    private static ChatRequest request(List<PromptMessage> prompt, List<Offer> offers) {
        var builder = ChatRequest.builder()
                .messages(prompt.stream().map(ModelClient::message).toList());
        if (!offers.isEmpty())
            builder.toolSpecifications(
                    offers.stream().map(ModelClient::specification).toList());
        return builder.build();
    }

    private static ChatMessage message(PromptMessage message) {
        return switch (message) {
            case PromptMessage.System(String text) -> SystemMessage.from(text);
            case PromptMessage.User(String text) -> UserMessage.from(text);
            case PromptMessage.Assistant(String text, List<PromptMessage.ToolCall> calls) ->
                calls.isEmpty()
                        ? AiMessage.from(text.isEmpty() ? " " : text)
                        : AiMessage.builder()
                                .text(text.isEmpty() ? null : text)
                                .toolExecutionRequests(calls.stream()
                                        .map(call -> ToolExecutionRequest.builder()
                                                .id(call.callId())
                                                .name(functionName(call.operation()))
                                                .arguments(call.arguments())
                                                .build())
                                        .toList())
                                .build();
            case PromptMessage.ToolResult(String id, String operation, String text) ->
                ToolExecutionResultMessage.from(id, functionName(operation), text);
        };
    }

    @SuppressWarnings("unchecked")
    private static ToolSpecification specification(Offer offer) {
        JsonObjectSchema.Builder parameters = JsonObjectSchema.builder();
        if (offer.schema().get("properties") instanceof Map<?, ?> properties)
            properties.forEach((name, schema) ->
                    parameters.addProperty(String.valueOf(name), JsonRawSchema.from(WireJson.text(schema))));
        if (offer.schema().get("required") instanceof List<?> required) parameters.required((List<String>) required);
        return ToolSpecification.builder()
                .name(functionName(offer.name()))
                .description(offer.description())
                .parameters(parameters.build())
                .build();
    }

    /** Function names may hold letters, digits, underscores and dashes only. */
    private static String functionName(String operation) {
        return operation.replace(".", "__");
    }

    private static String operationName(String function) {
        return function.replace("__", ".");
    }

    private static final class Listener implements StreamingChatResponseHandler {
        private final List<Offer> offers;
        private final int mostCharacters;
        private final Consumer<String> partial;
        private final Consumer<ModelAnswer> done;
        private int characters;
        private volatile boolean unwanted;
        private volatile @Nullable StreamingHandle stream;

        Listener(List<Offer> offers, int mostCharacters, Consumer<String> partial, Consumer<ModelAnswer> done) {
            this.offers = offers;
            this.mostCharacters = mostCharacters;
            this.partial = partial;
            this.done = done;
        }

        @Override
        public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
            stream = context.streamingHandle();
            characters += response.text().length();
            if (unwanted) context.streamingHandle().cancel();
            else if (characters <= mostCharacters) partial.accept(response.text());
            else done.accept(tooLong());
        }

        private ModelAnswer tooLong() {
            return new ModelAnswer.Failed(
                    "model.too-long", "Its answer is longer than " + mostCharacters + " characters.");
        }

        /** Nobody waits for the rest. */
        void breakOff() {
            unwanted = true;
            StreamingHandle open = stream;
            if (open != null) open.cancel();
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            AiMessage message = response.aiMessage();
            String text = message.text() == null ? "" : message.text();
            if (text.length() > mostCharacters) {
                done.accept(tooLong());
                return;
            }
            var usage = response.tokenUsage();
            done.accept(new ModelAnswer.Said(
                    text,
                    message.toolExecutionRequests() == null
                            ? List.of()
                            : message.toolExecutionRequests().stream()
                                    .map(this::call)
                                    .toList(),
                    usage == null ? null : usage.inputTokenCount(),
                    usage == null ? null : usage.outputTokenCount()));
        }

        @Override
        public void onError(Throwable error) {
            done.accept(failed(error));
        }

        private ToolCall call(ToolExecutionRequest request) {
            String operation = operationName(request.name() == null ? "" : request.name());
            String id = request.id() == null ? "" : request.id();
            if (offers.stream().noneMatch(offer -> offer.name().equals(operation)))
                return new ToolCall(
                        id, operation.isBlank() ? "unknown" : operation, Map.of(), "There is no such tool.");
            try {
                String arguments = request.arguments();
                Map<String, Object> args = arguments == null || arguments.isBlank()
                        ? Map.of()
                        : WireJson.mapper().readValue(arguments, ARGUMENTS);
                args.values().removeIf(java.util.Objects::isNull);
                return new ToolCall(id, operation, args, null);
            } catch (JsonProcessingException _) {
                return new ToolCall(id, operation, Map.of(), "The arguments are not a JSON object.");
            }
        }
    }

    private static ModelAnswer failed(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String code = switch (t) {
                case AuthenticationException _ -> "model.unauthorized";
                case ModelNotFoundException _ -> "model.not-found";
                case RateLimitException _ -> "model.rate-limited";
                case dev.langchain4j.exception.TimeoutException _ -> "model.timeout";
                case HttpTimeoutException _ -> "model.timeout";
                case ConnectException _ -> "model.unreachable";
                case UnknownHostException _ -> "model.unreachable";
                case UnresolvedAddressException _ -> "model.unreachable";
                default -> null;
            };
            if (code != null) return new ModelAnswer.Failed(code, message(t));
        }
        return new ModelAnswer.Failed("model.failed", message(failure));
    }

    /** For people: of a failure that says nothing of its own but what it was caused by, the cause's. */
    private static String message(Throwable failure) {
        @Nullable String text = failure.getMessage();
        Throwable cause = failure.getCause();
        if (cause != null && cause.toString().equals(text)) return message(cause);
        if (failure instanceof HttpException http) text = "HTTP " + http.statusCode() + ": " + text;
        if (text == null || text.isBlank()) text = failure.getClass().getSimpleName();
        text = text.strip().replaceAll("\\s+", " ");
        return text.length() > 300 ? text.substring(0, 300) + "..." : text;
    }
}
