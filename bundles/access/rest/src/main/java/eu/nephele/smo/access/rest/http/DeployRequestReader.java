// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.access.rest.http;

import eu.nephele.smo.access.http.RequestBodies;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.model.GraphId;
import eu.nephele.smo.api.port.AdapterException;
import eu.nephele.smo.api.port.ArtifactRepository;
import eu.nephele.smo.api.port.ArtifactRepository.FetchedDescriptor;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader.Format;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.descriptor.LintReport;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes deploy requests from request bodies: reads descriptors and fetches referenced ones. */
public final class DeployRequestReader {

    private final DescriptorReader reader;
    private final Supplier<Optional<ArtifactRepository>> artifacts;

    public DeployRequestReader(DescriptorReader reader, Supplier<Optional<ArtifactRepository>> artifacts) {
        this.reader = reader;
        this.artifacts = artifacts;
    }

    /**
     * @param type media type of the body, null means JSON
     * @throws SmoException {@code INVALID} with pointers; {@code TOO_LARGE}; {@code UNAVAILABLE} when the artifact
     * cannot be fetched now; {@code UNPROCESSABLE} when it is not a valid descriptor
     */
    public DeployRequest read(String project, InputStream body, @Nullable MediaType type, boolean keepIfInfeasible) {
        DescriptorSource descriptorSource = reader.read(project, RequestBodies.bytes(body), formatOf(type));
        DescriptorSource.Inline inline;
        StrategyOverride override = descriptorSource.override();
        if (descriptorSource instanceof DescriptorSource.ByReference reference) {
            inline = fetch(project, reference);
            override = override.equals(StrategyOverride.NONE) ? inline.override() : override;
        } else {
            inline = (DescriptorSource.Inline) descriptorSource;
        }
        return new DeployRequest(inline.graph(), override, keepIfInfeasible, inline.warnings());
    }

    /** For a graph named by the path: {@code INVALID} also when the descriptor names another one. */
    public DeployRequest read(GraphId graph, byte[] body, @Nullable MediaType type) {
        DeployRequest request = read(graph.project(), new ByteArrayInputStream(body), type, true);
        String named = request.graph().id().name();
        if (!named.equals(graph.name())) {
            throw RequestBodies.invalid(
                    "/hdaGraph/id", "is '%s', expected '%s', which the path names".formatted(named, graph.name()));
        }
        return request;
    }

    /**
     * Says what is wrong with a descriptor, and where; an artifact that it names is not fetched.
     *
     * @throws SmoException {@code TOO_LARGE}
     */
    public LintReport lint(String project, byte[] body, @Nullable MediaType type) {
        return reader.lint(project, body, formatOf(type));
    }

    private DescriptorSource.Inline fetch(String project, DescriptorSource.ByReference reference) {
        ArtifactRepository repository = artifacts.get().orElseThrow(() -> missing(reference.reference()));
        try {
            FetchedDescriptor fetched = repository.descriptor(reference.reference());
            DescriptorSource descriptorSource =
                    reader.read(project, fetched.content().getBytes(StandardCharsets.UTF_8), Format.YAML);
            if (descriptorSource instanceof DescriptorSource.Inline inline) {
                return inline;
            }
            throw unprocessable(reference, "it refers to another artifact instead of holding hdaGraph");
        } catch (AdapterException failed) {
            throw refusal(reference, failed);
        } catch (SmoException invalid) {
            throw invalid.kind() == SmoException.Kind.INVALID ? unprocessable(reference, summary(invalid)) : invalid;
        }
    }

    private static RuntimeException refusal(DescriptorSource.ByReference reference, AdapterException failed) {
        return switch (failed.kind()) {
            case REFUSED, NOT_FOUND -> unprocessable(reference, failed.getMessage());
            case UNAVAILABLE, CONFLICT, TIMED_OUT -> failed;
        };
    }

    private static SmoException missing(String reference) {
        return SmoException.of(
                SmoException.Kind.UNAVAILABLE,
                "oci",
                ("The artifact %s cannot be fetched: no artifact repository is available (a service"
                                + " ArtifactRepository with"
                                + " smo.artifact.type=hdag). Install one, or send the descriptor itself as hdaGraph")
                        .formatted(reference),
                Optional.empty());
    }

    private static SmoException unprocessable(DescriptorSource.ByReference reference, @Nullable String why) {
        return SmoException.of(
                SmoException.Kind.UNPROCESSABLE,
                "oci",
                "The artifact %s is not a valid descriptor: %s".formatted(reference.reference(), why),
                Optional.empty());
    }

    private static String summary(SmoException invalid) {
        String places = invalid.violations().stream()
                .map(violation -> "%s %s".formatted(violation.pointer(), violation.message()))
                .collect(Collectors.joining("; "));
        return places.isEmpty() ? String.valueOf(invalid.getMessage()) : places;
    }

    private static Format formatOf(@Nullable MediaType type) {
        return type != null && type.getSubtype().toLowerCase(Locale.ROOT).contains("yaml") ? Format.YAML : Format.JSON;
    }
}
