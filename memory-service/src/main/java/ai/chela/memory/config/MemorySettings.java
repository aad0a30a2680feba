package ai.chela.memory.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/** What an operator may set. Every key is also an environment variable: {@code CHELA_MEMORY_QUOTA} and so on. */
@ConfigMapping(prefix = "chela.memory")
public interface MemorySettings {
    /** How many memories, earlier versions included, one person may have stored. */
    @WithDefault("100000")
    long quota();

    /** The score, from 0 to 1, from which on the best memory counts as the answer; below it Chela says it does not know. */
    @WithDefault("0.68")
    double threshold();

    /** After how long being new counts half when memories are ranked. Old ones fall behind new ones that answer as well; none is hidden. */
    @WithDefault("42D")
    Duration halfLife();

    /** How much decrypted memory, by estimate, may be kept in memory for recall; the least recently used scopes go first. */
    @WithDefault("48M")
    MemorySize cache();

    /** After this long without a question the decrypted memories of a scope are dropped. */
    @WithDefault("10M")
    Duration cacheIdle();

    /**
     * Where recall by meaning gets its vectors: {@code in-process} for the models that come with Chela, {@code endpoint},
     * {@code file}, or {@code off} for recall by words only.
     */
    @WithDefault("in-process")
    EmbeddingSource embedding();

    /** What a night leaves of the strength of a memory that is not recalled, from 0 to 1; 1: nothing fades. */
    @WithDefault("0.95")
    double decay();

    /** The nightly review. */
    Review review();

    /** When memories are reviewed: duplicates become one, contradictions are closed or asked about. */
    interface Review {
        /** The time of day at which it is due. */
        @WithDefault("03:30")
        LocalTime at();

        /** The time zone of that time, e.g. {@code Europe/Berlin}; {@code system} for that of the machine. */
        @WithDefault("system")
        String zone();
    }

    /** For {@code endpoint}. */
    EmbeddingEndpoint embeddingEndpoint();

    /** An OpenAI-compatible endpoint for embeddings. */
    interface EmbeddingEndpoint {
        /** For {@code endpoint}: where the OpenAI-compatible interface is, with its path, e.g. {@code http://127.0.0.1:11434/v1} for Ollama. Texts of memories are sent there. */
        Optional<String> baseUrl();

        /** What the endpoint calls the model. Address and model make the identity of the vectors: when one changes, all are made anew. */
        Optional<String> model();

        /** The credential by reference, as every secret, read at each call; none where the endpoint needs none. */
        Optional<String> apiKey();

        /** Certificates that the endpoint's own may be signed by, a PEM file; by default those that Java trusts. */
        Optional<String> caFile();

        /** How many texts one call carries, 1 to 64. */
        @WithDefault("16")
        int batch();

        /** The longest that a call for memories may take. */
        @WithDefault("30s")
        Duration timeout();

        /** The longest that recall waits for the vector of a question; then words decide. */
        @WithDefault("500ms")
        Duration questionTimeout();

        /** How many characters of a text are sent. */
        @WithDefault("4000")
        int characters();

        /** Put before each question, for models that were trained so. */
        Optional<String> questionPrefix();

        /** Put before each memory. */
        Optional<String> factPrefix();
    }

    /** For {@code file}. */
    EmbeddingFile embeddingFile();

    /** A model of the operator's in ONNX form. */
    interface EmbeddingFile {
        /** For {@code file}: the model, an ONNX file. Its content is part of the identity of the vectors: when it changes, all are made anew. */
        Optional<String> model();

        /** Its tokenizer: a {@code tokenizer.json} of kind WordPiece or Unigram, or a {@code vocab.txt}. */
        Optional<String> tokenizer();

        /** How the vector of a text is made of those of its pieces: {@code cls} or {@code mean}; the model's card says which. */
        @WithDefault("mean")
        Pooling pooling();

        /** Put before each question, e.g. {@code query:} and a space for models of the E5 family. */
        Optional<String> questionPrefix();

        /** Put before each memory. */
        Optional<String> factPrefix();
    }

    /** How long memories are kept. */
    Retention retention();

    /** By who may recall them; the time runs from the last version. What is pinned goes too, what is under legal hold stays. */
    interface Retention {
        /** How long what a person told in private is kept: {@code forever}, or at least {@code 1D}. */
        @WithDefault("forever")
        @WithConverter(Keep.Reader.class)
        Keep person();

        /** How long what was told where others could read it is kept: {@code forever}, or at least {@code 1D}. */
        @WithDefault("forever")
        @WithConverter(Keep.Reader.class)
        Keep tenant();
    }

    /** Where recall finds candidates: {@code embedded} for files of this instance, {@code qdrant} for an index that instances share. */
    @WithDefault("embedded")
    IndexKind index();

    /** For {@code qdrant}. */
    Qdrant qdrant();

    /** A Qdrant server or cluster, version 1.18 or later. */
    interface Qdrant {
        /** For {@code qdrant}: where it is. */
        @WithDefault("127.0.0.1")
        String host();

        /** Its gRPC port. */
        @WithDefault("6334")
        int port();

        /** Whether the connection is encrypted and the certificate checked; a server that is not on this machine should have it. */
        @WithDefault("false")
        boolean tls();

        /** Certificates that the server's own may be signed by, a PEM file; by default those that Java trusts. */
        Optional<String> caFile();

        /** The API key by reference, as every secret, read at each call; none where the server needs none. */
        Optional<String> apiKey();

        /** What the names of collections begin with; behind it stand the database's history and a version. Two installations may share a server. */
        @WithDefault("chela-memory")
        String collection();

        /** The longest that a search may take; then recall does without the index. */
        @WithDefault("2s")
        Duration searchTimeout();

        /** The longest that a write may take. */
        @WithDefault("30s")
        Duration writeTimeout();
    }
}
