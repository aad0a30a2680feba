package ai.chela.memory.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.chela.kit.wire.Ids;
import ai.chela.memory.embedding.Embedder;
import ai.chela.memory.fact.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every index must do. An adapter's test extends it and gives the index, fresh or not: each test has a tenant of its own. */
public abstract class MemoryIndexConformance {
    /** Its vectors are those of {@link #vector}; another model has the same number of dimensions. */
    public static final Embedder.Model MODEL = new Embedder.Model("conformance-en", 64);

    public static final Embedder.Model OTHER = new Embedder.Model("conformance-zh", 64);

    private static final Scope SHARED = new Scope.Tenant();
    private static final Scope ANN = new Scope.Person("ann");
    private static final int ALL = Query.MOST_CANDIDATES;

    private final String tenant = "conformance-" + Ids.random();
    private final Place room = new Place(tenant, SHARED);

    /** The index under test; the same through one test. */
    protected abstract MemoryIndex index();

    @Test
    void an_empty_index_finds_nothing_and_has_reached_nothing() {
        assertEquals(0, reached(room));
        assertEquals(Set.of(), found(room, "lift"));
        assertEquals(Found.Counts.NONE, counts(room, "lift"));
    }

    @Test
    void what_was_put_is_found_by_its_words_at_once() {
        put(room, 1, "a", "lift broken");
        put(room, 2, "b", "lunch noon");
        assertEquals(ids("a"), found(room, "lift"));
        assertEquals(ids("b"), found(room, "lunch"));
        assertEquals(ids("a", "b"), found(room, "lift", "noon"));
        assertEquals(Set.of(), found(room, "stairs"));
    }

    @Test
    void chinese_is_found_by_its_characters_and_their_pairs() {
        put(room, 1, "a", "发 布 窗 口 发布 布窗 窗口 周 四 周四");
        put(room, 2, "b", "客 服 客服 答 复 答复");
        assertEquals(ids("a"), found(room, "窗口"));
        assertEquals(ids("b"), found(room, "答"));
        assertEquals(ids("a", "b"), found(room, "发布", "客服"));
    }

    @Test
    void terms_are_any_strings() {
        List<String> hostile =
                List.of("*", "a*", "OR", "\"", "\\", "a:b", "${x}", "'; drop table fact; --", "🙂", "\n", "é");
        for (int i = 0; i < hostile.size(); i++) put(room, i + 1, new Entry(id("h" + i), Map.of(hostile.get(i), 1)));
        for (int i = 0; i < hostile.size(); i++) assertEquals(ids("h" + i), found(room, hostile.get(i)));
    }

    @Test
    void counts_tell_how_common_things_are_in_the_scope_alone() {
        put(room, 1, "a", "lift broken");
        put(room, 2, "b", "lift fixed since noon");
        put(new Place(tenant, ANN), 1, "c", "lift");
        Found.Counts counts = counts(room, "lift", "noon", "stairs");
        assertEquals(2, counts.facts());
        assertEquals(3, counts.averageLength(), 0.01);
        assertEquals(2, counts.having("lift"));
        assertEquals(1, counts.having("noon"));
        assertEquals(0, counts.having("stairs"));
    }

    @Test
    void an_entry_without_any_term_counts_and_is_found_by_meaning_alone() {
        put(room, 1, new Entry(id("a"), Map.of()));
        addVectors(room, MODEL, "a");
        assertEquals(1, counts(room, "lift").facts());
        assertEquals(ids("a"), near(room, MODEL, "a", 5));
    }

    @Test
    void what_is_gone_is_not_found() {
        put(room, 1, "a", "lift broken");
        addVectors(room, MODEL, "a");
        done(index().apply(room, List.of(new Step.Gone(2, id("a"))), 2));
        assertEquals(Set.of(), found(room, "lift"));
        assertEquals(Set.of(), near(room, MODEL, "a", 5));
        assertEquals(2, reached(room));
    }

    @Test
    void a_correction_takes_the_place_of_what_it_corrects() {
        put(room, 1, "a", "staging db-17");
        List<Step> correction = List.of(new Step.Gone(2, id("a")), new Step.Put(3, entry("b", "staging db-18")));
        done(index().apply(room, correction, 3));
        assertEquals(ids("b"), found(room, "staging"));
    }

    @Test
    void an_entry_that_is_put_again_is_found_by_its_new_words_only() {
        put(room, 1, "a", "old words");
        put(room, 2, "a", "new words");
        assertEquals(Set.of(), found(room, "old"));
        assertEquals(ids("a"), found(room, "new"));
        assertEquals(1, counts(room, "words").facts());
    }

    @Test
    void the_number_of_the_last_change_is_kept() {
        put(room, 7, "a", "lift");
        assertEquals(7, reached(room));
        done(index().apply(room, List.of(), 12));
        assertEquals(12, reached(room));
        assertEquals(0, reached(new Place(tenant, ANN)));
    }

    @Test
    void all_scopes_are_told_apart_in_one_question_for_numbers() {
        put(room, 3, "a", "lift");
        put(new Place(tenant, ANN), 5, "b", "lift");
        assertEquals(Map.of(SHARED, 3L, ANN, 5L), done(index().reached(tenant, Set.of(SHARED, ANN))));
    }

    @Test
    void a_change_that_was_applied_already_does_nothing() {
        List<Step> steps = List.of(new Step.Put(1, entry("a", "lift")), new Step.Put(2, entry("b", "lift")));
        done(index().apply(room, steps, 2));
        done(index().apply(room, steps, 2));
        assertEquals(ids("a", "b"), found(room, "lift"));
        assertEquals(2, counts(room, "lift").facts());
    }

    @Test
    void a_late_change_does_not_bring_back_what_is_gone() {
        put(room, 1, "a", "lift");
        done(index().apply(room, List.of(new Step.Gone(2, id("a"))), 2));
        put(room, 1, "a", "lift");
        assertEquals(Set.of(), found(room, "lift"));
        assertEquals(2, reached(room));
    }

    @Test
    void many_changes_of_one_call_are_applied_in_their_order() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 500; i++) steps.add(new Step.Put(2L * i + 1, entry("n" + i, "crate w" + i)));
        for (int i = 0; i < 500; i += 2) steps.add(new Step.Gone(1001 + i, id("n" + i)));
        done(index().apply(room, steps, 2000));
        assertEquals(250, found(room, "crate").size());
        assertEquals(ids("n7"), found(room, "w7"));
        assertEquals(Set.of(), found(room, "w8"));
    }

    @Test
    void the_nearest_are_found_by_meaning() {
        for (String name : List.of("a", "b", "c", "d")) put(room, reached(room) + 1, name, "same words");
        addVectors(room, MODEL, "a", "b", "c", "d");
        assertEquals(ids("c"), near(room, MODEL, "c", 1));
        assertEquals(4, near(room, MODEL, "c", 10).size());
        assertEquals(
                4,
                Objects.requireNonNull(search(query(room, Set.of(), MODEL, "c", 0, 1))
                                .counts()
                                .get(SHARED))
                        .vectors());
    }

    @Test
    void a_candidate_brings_the_vector_that_was_added_also_when_words_found_it() {
        put(room, 1, "a", "lift");
        put(room, 2, "b", "lift");
        addVectors(room, MODEL, "a");
        Map<String, Found.Candidate> found = byId(search(query(room, Set.of("lift"), MODEL, "z", ALL, 0)));
        float[] kept = Objects.requireNonNull(found.get(id("a"))).vector();
        assertNotNull(kept);
        for (int i = 0; i < kept.length; i++) assertEquals(vector("a")[i], kept[i], 1e-6);
        assertNull(Objects.requireNonNull(found.get(id("b"))).vector());
    }

    @Test
    void without_a_vector_in_the_question_none_is_brought() {
        put(room, 1, "a", "lift");
        addVectors(room, MODEL, "a");
        Found found = search(new Query(tenant, Set.of(SHARED), Set.of("lift"), null, ALL, ALL));
        assertNull(found.candidates().getFirst().vector());
        assertEquals(0, Objects.requireNonNull(found.counts().get(SHARED)).vectors());
    }

    @Test
    void vectors_of_another_model_are_not_compared() {
        put(room, 1, "a", "lift");
        put(room, 2, "b", "电 梯 电梯");
        addVectors(room, MODEL, "a");
        addVectors(room, OTHER, "b");
        assertEquals(ids("a"), near(room, MODEL, "b", 10));
        assertEquals(ids("b"), near(room, OTHER, "a", 10));
    }

    @Test
    void a_vector_of_what_is_not_there_is_passed_over() {
        addVectors(room, MODEL, "a");
        put(room, 1, "b", "lift");
        addVectors(room, MODEL, "a", "b");
        assertEquals(ids("b"), near(room, MODEL, "a", 10));
    }

    @Test
    void a_vector_that_comes_after_its_entry_was_erased_is_passed_over() {
        put(room, 1, "a", "lift");
        done(index().erase(room, List.of(id("a"))));
        addVectors(room, MODEL, "a");
        assertEquals(Set.of(), near(room, MODEL, "a", 10));
    }

    @Test
    void what_lacks_a_vector_is_told_page_by_page() {
        for (int i = 0; i < 25; i++) put(room, i + 1, "n" + i, "crate");
        addVectors(room, MODEL, "n1", "n2", "n3");
        addVectors(room, OTHER, "n3", "n4");
        Set<String> lacking = new HashSet<>();
        String after = null;
        do {
            Lacking page = done(index().lacking(room, Set.of(MODEL, OTHER), after, 10));
            assertTrue(page.ids().size() <= 10);
            for (String id : page.ids()) assertTrue(lacking.add(id), "twice");
            after = page.next();
        } while (after != null);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 25; i++) if (i < 1 || i > 4) expected.add(id("n" + i));
        assertEquals(expected, lacking);
    }

    @Test
    void only_the_models_in_use_are_retained() {
        put(room, 1, "a", "lift");
        addVectors(room, MODEL, "a");
        addVectors(room, OTHER, "a");
        done(index().retain(Set.of(MODEL)));
        assertEquals(ids("a"), near(room, MODEL, "a", 10));
        assertEquals(Set.of(), near(room, OTHER, "a", 10));
    }

    @Test
    void what_is_erased_is_not_found_and_does_not_come_again() {
        put(room, 1, "a", "lift broken");
        put(room, 2, "b", "lift");
        addVectors(room, MODEL, "a", "b");
        done(index().erase(room, List.of(id("a"), id("never there"))));
        assertEquals(ids("b"), found(room, "lift"));
        assertEquals(Set.of(), found(room, "broken"));
        assertEquals(ids("b"), near(room, MODEL, "a", 10));
        put(room, 1, "a", "lift broken");
        assertEquals(ids("b"), found(room, "lift"));
    }

    @Test
    void erasing_in_one_scope_leaves_the_same_id_of_another_alone() {
        Place own = new Place(tenant, ANN);
        put(room, 1, "a", "lift");
        put(own, 1, "b", "lift");
        addVectors(own, MODEL, "b");
        done(index().erase(room, List.of(id("b"))));
        done(index().apply(room, List.of(new Step.Gone(2, id("b"))), 2));
        assertEquals(ids("b"), found(own, "lift"));
        assertEquals(ids("b"), near(own, MODEL, "b", 10));
    }

    @Test
    void after_a_purge_all_is_as_it_was() {
        put(room, 1, "a", "lift");
        put(room, 2, "b", "lift");
        done(index().apply(room, List.of(new Step.Gone(3, id("a"))), 3));
        done(index().purge());
        assertEquals(ids("b"), found(room, "lift"));
        assertEquals(1, counts(room, "lift").having("lift"));
        assertEquals(1, counts(room, "lift").facts());
        assertEquals(3, reached(room));
    }

    @Test
    void a_scope_is_seen_only_by_who_asks_for_it() {
        put(room, 1, "a", "lift");
        put(new Place(tenant, ANN), 1, "b", "lift");
        assertEquals(ids("a"), found(room, "lift"));
        assertEquals(ids("b"), found(new Place(tenant, ANN), "lift"));
        assertEquals(Set.of(), found(new Place(tenant, new Scope.Person("bob")), "lift"));
        Found both = search(new Query(tenant, Set.of(SHARED, ANN), Set.of("lift"), null, ALL, ALL));
        Map<String, Scope> scopes =
                both.candidates().stream().collect(Collectors.toMap(Found.Candidate::id, Found.Candidate::scope));
        assertEquals(Map.of(id("a"), SHARED, id("b"), ANN), scopes);
    }

    @Test
    void no_name_of_a_tenant_or_a_person_reaches_into_another() {
        List<String> hostile = List.of(
                "ann",
                "Ann",
                "ann ",
                " ann",
                "ann\n",
                "an",
                "anna",
                "*",
                "ann*",
                "person:ann",
                "../ann",
                "ann/../ann",
                "a'b",
                "a\"b",
                "a\\b",
                "{\"must\":[]}",
                "安",
                "ann\u200b",
                "%",
                "_",
                "tenant",
                "a".repeat(300));
        List<Place> places = new ArrayList<>();
        for (String name : hostile) {
            places.add(new Place(tenant, new Scope.Person(name)));
            places.add(new Place(tenant + name, new Scope.Person("ann2")));
            places.add(new Place(tenant + name, SHARED));
        }
        for (int i = 0; i < places.size(); i++) {
            put(places.get(i), 1, "p" + i, "lift");
            addVectors(places.get(i), MODEL, "p" + i);
        }
        for (int i = 0; i < places.size(); i++) {
            assertEquals(ids("p" + i), found(places.get(i), "lift"), places.get(i)::toString);
            assertEquals(ids("p" + i), near(places.get(i), MODEL, "p0", 10), places.get(i)::toString);
            assertEquals(1, counts(places.get(i), "lift").having("lift"));
        }
    }

    @Test
    void no_more_come_than_were_asked_for_and_the_rarest_words_first() {
        for (int i = 0; i < 60; i++) put(room, i + 1, "n" + i, i == 40 ? "crate zebra" : "crate box");
        assertEquals(
                5,
                search(query(room, Set.of("crate"), MODEL, "a", 5, 0))
                        .candidates()
                        .size());
        assertEquals(ids("n40"), idsOf(search(query(room, Set.of("crate", "zebra"), MODEL, "a", 1, 0))));
        assertEquals(Set.of(), idsOf(search(query(room, Set.of("crate"), MODEL, "a", 0, 0))));
    }

    @Test
    void the_same_memory_is_one_candidate_when_words_and_meaning_find_it() {
        put(room, 1, "a", "lift");
        addVectors(room, MODEL, "a");
        assertEquals(
                1,
                search(query(room, Set.of("lift"), MODEL, "a", 10, 10))
                        .candidates()
                        .size());
    }

    @Test
    void a_question_of_as_many_keys_as_may_be_is_answered() {
        put(room, 1, "a", "w599");
        Set<String> keys = new TreeSet<>();
        for (int i = 0; i < Query.MOST_KEYS; i++) keys.add("w" + i);
        assertEquals(ids("a"), idsOf(search(new Query(tenant, Set.of(SHARED), keys, null, 10, 10))));
    }

    @Test
    void a_long_text_is_found_by_each_of_its_words() {
        Map<String, Integer> terms = new HashMap<>();
        for (int i = 0; i < 3_000; i++) terms.put("word" + i, 1 + i % 3);
        put(room, 1, new Entry(id("a"), terms));
        assertEquals(ids("a"), found(room, "word2999"));
    }

    @Test
    void a_dropped_scope_is_empty_and_can_be_built_again() {
        Place own = new Place(tenant, ANN);
        put(room, 4, "a", "lift");
        put(own, 4, "b", "lift");
        addVectors(room, MODEL, "a");
        done(index().drop(room));
        assertEquals(0, reached(room));
        assertEquals(Set.of(), found(room, "lift"));
        assertEquals(Set.of(), near(room, MODEL, "a", 10));
        assertEquals(ids("b"), found(own, "lift"));
        put(room, 4, "a", "lift");
        assertEquals(4, reached(room));
        assertEquals(ids("a"), found(room, "lift"));
    }

    @Test
    void it_knows_the_places_that_it_holds_something_of() {
        Place own = new Place(tenant, ANN);
        put(room, 1, "a", "lift");
        put(own, 1, "b", "lift");
        List<Place> places = done(index().places());
        assertTrue(places.containsAll(List.of(room, own)));
        done(index().drop(own));
        assertFalse(done(index().places()).contains(own));
    }

    // what tests of an adapter may use too

    protected final Place room() {
        return room;
    }

    protected final void put(Place place, long number, String name, String words) {
        put(place, number, entry(name, words));
    }

    private void put(Place place, long number, Entry entry) {
        done(index().apply(place, List.of(new Step.Put(number, entry)), number));
    }

    protected final void addVectors(Place place, Embedder.Model model, String... names) {
        Map<String, float[]> vectors = Arrays.stream(names)
                .collect(Collectors.toMap(MemoryIndexConformance::id, MemoryIndexConformance::vector));
        done(index().addVectors(place, model, vectors));
    }

    protected final long reached(Place place) {
        return done(index().reached(place.tenant(), Set.of(place.scope()))).getOrDefault(place.scope(), -1L);
    }

    protected final Set<String> found(Place place, String... keys) {
        return idsOf(search(new Query(place.tenant(), Set.of(place.scope()), Set.of(keys), null, ALL, ALL)));
    }

    /** By the vector that a name has. */
    protected final Set<String> near(Place place, Embedder.Model model, String name, int most) {
        return idsOf(search(query(place, Set.of(), model, name, 0, most)));
    }

    protected final Found.Counts counts(Place place, String... keys) {
        Found found = search(new Query(place.tenant(), Set.of(place.scope()), Set.of(keys), null, ALL, ALL));
        return Objects.requireNonNull(found.counts().get(place.scope()));
    }

    private Found search(Query query) {
        return done(index().search(query));
    }

    private static Query query(
            Place place, Set<String> keys, Embedder.Model model, String name, int byWords, int byMeaning) {
        Embedder.Vector vector = new Embedder.Vector(model, vector(name));
        return new Query(place.tenant(), Set.of(place.scope()), keys, vector, byWords, byMeaning);
    }

    private static Map<String, Found.Candidate> byId(Found found) {
        return found.candidates().stream().collect(Collectors.toMap(Found.Candidate::id, candidate -> candidate));
    }

    private static Set<String> idsOf(Found found) {
        return byId(found).keySet();
    }

    protected static Entry entry(String name, String words) {
        Map<String, Integer> terms = new HashMap<>();
        for (String word : words.split(" ")) terms.merge(word, 1, Integer::sum);
        return new Entry(id(name), terms);
    }

    protected static String id(String name) {
        return Ids.derive("conformance", name);
    }

    protected static Set<String> ids(String... names) {
        return Arrays.stream(names).map(MemoryIndexConformance::id).collect(Collectors.toSet());
    }

    /** Of length 1; another one for each name, and far from all others. */
    protected static float[] vector(String name) {
        java.util.Random random = new java.util.Random(name.hashCode());
        float[] vector = new float[MODEL.dimensions()];
        double square = 0;
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
            square += vector[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) vector[i] /= (float) Math.sqrt(square);
        return vector;
    }

    protected static <T extends @Nullable Object> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
