// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OpenAPI document: our own parts, those of the other bundles of the product, and those that bundles of others
 * bring. It is joined when it is asked for first, and again when parts came or went. A part of a bundle that does not
 * fit is rejected, with a log line and a warning.
 */
public final class JoinedContract {

    private static final Logger LOG = LoggerFactory.getLogger(JoinedContract.class);

    private static final String FOLDER = "/eu/nephele/smo/access/rest/openapi/";
    private static final String BASE = "base";

    /** In the order shown; with a dot those of other bundles of the product, others of them come behind. */
    private static final List<String> SHOWN = List.of(
            "legacy",
            "overview",
            "graphs",
            "descriptors",
            "plans",
            "rightsizing",
            "operations",
            "quotas",
            "resources",
            "decisions",
            "history",
            "federation",
            "eu.nephele.smo.access.infrastructure",
            "eu.nephele.smo.access.events",
            "eu.nephele.smo.access.strategies",
            "eu.nephele.smo.access.plugins",
            "eu.nephele.smo.access.shadow",
            "eu.nephele.smo.access.fleet",
            "eu.nephele.smo.access.identity",
            "eu.nephele.smo.access.audit",
            "eu.nephele.smo.access.backup",
            "server");

    private List<BundlePart> brought = List.of();
    private Optional<Joined> joined = Optional.empty();
    /** Rejected parts that are logged already, with the reason. */
    private Map<String, String> told = Map.of();

    private record Joined(String yaml, Map<String, String> leftOut) {}

    /** The document as it is now, in YAML. */
    public synchronized String yaml() {
        return current().yaml();
    }

    synchronized List<String> warnings() {
        if (joined.isEmpty() && brought.stream().allMatch(BundlePart::ofProduct)) {
            // Health is polled while the server starts: nothing is joined for that.
            return List.of();
        }
        return current().leftOut().entrySet().stream()
                .map(entry -> "the OpenAPI document lacks %s of %s: %s"
                        .formatted(BundleFragmentTracker.FILE, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** @param now all parts of bundles, those that take precedence first */
    synchronized void bring(List<BundlePart> now) {
        brought = List.copyOf(now);
        joined = Optional.empty();
    }

    /** Joins it now when bundles of other vendors have parts, so that rejected ones are logged at once. */
    synchronized void refresh() {
        if (!brought.stream().allMatch(BundlePart::ofProduct)) {
            current();
        }
    }

    private Joined current() {
        Joined current = joined.orElseGet(this::join);
        joined = Optional.of(current);
        return current;
    }

    private Joined join() {
        OpenApiMerger openApiMerger = new OpenApiMerger(read(BASE));
        Map<String, String> leftOut = new LinkedHashMap<>();
        List<BundlePart> product =
                brought.stream().filter(BundlePart::ofProduct).toList();
        for (String place : SHOWN) {
            if (isOwn(place)) {
                addOwn(openApiMerger, place);
            }
            product.stream()
                    .filter(part -> part.bundle().equals(place))
                    .forEach(part -> addBrought(openApiMerger, part, leftOut));
        }
        // Whatever the order in which they came: others may refer to what the product has.
        Stream.concat(
                        product.stream().filter(part -> !SHOWN.contains(part.bundle())),
                        brought.stream().filter(part -> !part.ofProduct()))
                .forEach(part -> addBrought(openApiMerger, part, leftOut));
        leftOut.forEach((part, why) -> {
            if (!why.equals(told.get(part))) {
                LOG.warn(
                        "openapi part rejected file={} bundle={} reason=\"{}\"; its paths are served without"
                                + " contract",
                        BundleFragmentTracker.FILE,
                        part,
                        why);
            }
        });
        told = leftOut;
        return new Joined(new ContractYaml().write(openApiMerger.whole()), leftOut);
    }

    private static boolean isOwn(String place) {
        return place.indexOf('.') < 0;
    }

    private static void addOwn(OpenApiMerger openApiMerger, String name) {
        try {
            openApiMerger.add(read(name));
        } catch (UnfitPart bug) {
            throw new IllegalStateException("%s%s.yaml does not fit".formatted(FOLDER, name), bug);
        }
    }

    private static void addBrought(OpenApiMerger openApiMerger, BundlePart part, Map<String, String> leftOut) {
        try {
            openApiMerger.add(part.read());
        } catch (UnfitPart unfit) {
            leftOut.put(part.toString(), String.valueOf(unfit.getMessage()));
        }
    }

    private static ContractPart read(String name) {
        String path = FOLDER + name + ".yaml";
        try (InputStream file = JoinedContract.class.getResourceAsStream(path)) {
            if (file == null) {
                throw new IllegalStateException("%s is missing in the bundle".formatted(path));
            }
            return ContractPart.read(file, Optional.empty());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("%s cannot be read".formatted(path), unreadable);
        } catch (UnfitPart bug) {
            throw new IllegalStateException("%s is not a valid part".formatted(path), bug);
        }
    }
}
