// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.journal;

import eu.nephele.smo.api.model.JsonValue;
import eu.nephele.smo.api.model.JsonValue.JsonArray;
import eu.nephele.smo.api.model.JsonValue.JsonNumber;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.placement.BoundProof;
import eu.nephele.smo.api.placement.BoundProof.ResourcePrices;
import eu.nephele.smo.api.placement.PlacementResult.Quality;
import eu.nephele.smo.core.contract.json.JsonFieldReader;
import eu.nephele.smo.core.contract.json.JsonFieldWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** How good a placement is, as JSON and back. */
final class QualityJson {

    /** The bound is seen from the problem alone. */
    static final String BY_ROOT = "root";

    /** The bound follows from the proof that is recorded. */
    static final String BY_PROOF = "proof";

    /** The strategy has searched for it; at most a lower one can be recomputed. */
    static final String BY_SEARCH = "search";

    static final String STOP = "stop";
    static final String VALUE = "valueMicros";
    static final String LOWER_BOUND = "lowerBoundMicros";
    static final String BOUND_BY = "boundBy";
    private static final String PROOF = "proof";
    private static final String PROVEN_BOUND = "boundMicros";
    private static final String PRICES = "prices";
    private static final String MANTISSAS = "mantissas";
    private static final String SHIFTS = "shifts";
    private static final String TREE = "tree";

    private QualityJson() {}

    /** @param valueMicros level-0 cost of the placement; empty if it is too large */
    static JsonObject write(Quality quality, OptionalLong valueMicros) {
        JsonFieldWriter members =
                new JsonFieldWriter().put(STOP, quality.stop().name().toLowerCase(Locale.ROOT));
        quality.lowerBoundMicros().ifPresent(bound -> members.put(LOWER_BOUND, bound));
        quality.workUnits().ifPresent(units -> members.put("workUnits", units));
        valueMicros.ifPresent(value -> members.put(VALUE, value));
        if (quality.lowerBoundMicros().isPresent()) {
            long bound = quality.lowerBoundMicros().getAsLong();
            members.put(BOUND_BY, boundBy(bound, quality.proof()));
        }
        // the root without prices proves itself, unless the search proves more than it
        quality.proof()
                .filter(proof -> !isTrivial(proof)
                        || proof.boundMicros() < quality.lowerBoundMicros().orElse(proof.boundMicros()))
                .ifPresent(proof -> members.put(PROOF, write(proof)));
        return quality.note().isEmpty()
                ? members.object()
                : members.put("note", quality.note()).object();
    }

    private static String boundBy(long bound, Optional<BoundProof> proof) {
        if (proof.isEmpty() || proof.get().boundMicros() < bound) {
            return BY_SEARCH;
        }
        return isTrivial(proof.get()) ? BY_ROOT : BY_PROOF;
    }

    private static boolean isTrivial(BoundProof proof) {
        return proof.prices().isEmpty() && proof.tree().isEmpty();
    }

    private static JsonObject write(BoundProof proof) {
        JsonFieldWriter prices = new JsonFieldWriter();
        proof.prices()
                .forEach(resource -> prices.put(
                        resource.resource(),
                        new JsonFieldWriter()
                                .put(MANTISSAS, numbers(resource.mantissas()))
                                .put(SHIFTS, numbers(resource.shifts()))
                                .object()));
        return new JsonFieldWriter()
                .put(PROVEN_BOUND, proof.boundMicros())
                .put(PRICES, prices.object())
                .put(TREE, numbers(proof.tree()))
                .object();
    }

    private static JsonArray numbers(List<? extends Number> numbers) {
        return new JsonArray(numbers.stream()
                .<JsonValue>map(number -> JsonNumber.of(number.longValue()))
                .toList());
    }

    /**
     * Returns what is recorded as the proof of a bound; that of the root alone if nothing is.
     *
     * @param quality as it was written
     * @throws IllegalArgumentException if it makes no sense
     */
    static BoundProof proof(JsonObject quality) {
        JsonFieldReader fields = new JsonFieldReader(quality);
        Optional<JsonObject> written = fields.optionalObject(PROOF);
        if (written.isEmpty()) {
            return new BoundProof(fields.number(LOWER_BOUND), List.of(), List.of());
        }
        JsonFieldReader proof = new JsonFieldReader(written.get());
        List<ResourcePrices> prices = proof.object(PRICES).members().entrySet().stream()
                .map(resource -> prices(resource.getKey(), JsonFieldReader.from(resource.getValue())))
                .toList();
        return new BoundProof(proof.number(PROVEN_BOUND), prices, JsonFieldReader.integers(proof.value(TREE)));
    }

    private static ResourcePrices prices(String resource, JsonFieldReader fields) {
        return new ResourcePrices(
                resource,
                fields.values(MANTISSAS).stream().map(QualityJson::whole).toList(),
                JsonFieldReader.integers(fields.value(SHIFTS)));
    }

    private static long whole(JsonValue value) {
        return value.asNumber()
                .map(BigDecimal::longValueExact)
                .orElseThrow(() -> new IllegalArgumentException("A price is no number"));
    }
}
