// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor;

import static org.osgi.service.component.annotations.ReferenceCardinality.OPTIONAL;
import static org.osgi.service.component.annotations.ReferencePolicy.DYNAMIC;
import static org.osgi.service.component.annotations.ReferencePolicyOption.GREEDY;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.nephele.smo.api.graph.DeployRequest;
import eu.nephele.smo.api.graph.DeployRequest.StrategyOverride;
import eu.nephele.smo.api.graph.GraphReader;
import eu.nephele.smo.api.model.Graph;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.decision.StrategyCatalog;
import eu.nephele.smo.core.contract.descriptor.DescriptorReader;
import eu.nephele.smo.core.contract.descriptor.DescriptorSource;
import eu.nephele.smo.core.contract.descriptor.LintReport;
import eu.nephele.smo.core.contract.json.StrictJson;
import eu.nephele.smo.core.contract.trace.Tracing;
import eu.nephele.smo.core.descriptor.check.ProjectRule;
import eu.nephele.smo.core.descriptor.check.SemanticValidator;
import eu.nephele.smo.core.descriptor.check.ValidationFindings;
import eu.nephele.smo.core.descriptor.mapping.GraphMapper;
import eu.nephele.smo.core.descriptor.mapping.SelectionMapper;
import eu.nephele.smo.core.descriptor.schema.DescriptorSchema;
import eu.nephele.smo.core.descriptor.syntax.BodyLimits;
import eu.nephele.smo.core.descriptor.syntax.BodySyntax;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Reads descriptors in JSON and YAML: syntax, then schema, then meaning, then the model. */
@Component(
        service = {DescriptorReader.class, GraphReader.class},
        configurationPid = "eu.nephele.smo.core.descriptor")
@Designate(ocd = DescriptorConfig.class)
public final class HdagReader implements DescriptorReader, GraphReader {

    private final BodySyntax syntax;
    private final ProjectRule projects;
    private final DescriptorSchema schema;
    private final SemanticValidator meaning;

    @Reference(cardinality = OPTIONAL, policy = DYNAMIC, policyOption = GREEDY)
    private volatile @Nullable Tracing tracing;

    /** @throws IllegalArgumentException when the configuration makes no sense; names the property */
    @Activate
    public HdagReader(@Reference StrategyCatalog catalog, DescriptorConfig config) {
        this(catalog, ReaderSettings.from(config));
    }

    public HdagReader(StrategyCatalog catalog, ReaderSettings settings) {
        this.syntax = new BodySyntax(new BodyLimits(
                settings.maxBodyBytes(), settings.maxDepth(), settings.maxNodes(), settings.maxServices()));
        this.projects = new ProjectRule(settings.reservedProjects());
        this.schema = new DescriptorSchema(catalog, settings.rejectUnknownIntents());
        this.meaning = new SemanticValidator(catalog, settings.rejectUnknownIntents(), settings.maxValuesBytes());
    }

    @Override
    public DescriptorSource read(String project, byte[] body, Format format) {
        return Optional.ofNullable(tracing).orElse(Tracing.off()).within("parse", span -> {
            span.with("smo.bytes", Integer.toString(body.length));
            return parse(project, body, format);
        });
    }

    @Override
    public DeployRequest read(String project, JsonObject document) {
        DescriptorSource source = read(project, document.toJson().getBytes(StandardCharsets.UTF_8), Format.JSON);
        if (source instanceof DescriptorSource.Inline inline) {
            return new DeployRequest(inline.graph(), inline.override(), true, inline.warnings());
        }
        throw SmoException.invalid(
                "The document has no graph",
                List.of(new Violation("/hdaGraph", "`hdaGraph` is missing; a reference is not read here")));
    }

    private DescriptorSource parse(String project, byte[] body, Format format) {
        ObjectNode tree = syntax.read(body, format);
        JsonObject values = StrictJson.object(tree);
        ValidationFindings findings = new ValidationFindings();
        projects.check(project, findings);
        checkKind(values, findings);
        DescriptorSchema.Composed composed = schema.current();
        findings.addAll(composed.checker().check(tree, ValidationFindings.MOST_VIOLATIONS));
        meaning.check(values, composed.parts().intents(), findings);
        findings.throwIfAny();
        return document(project, values, findings.warnings());
    }

    @Override
    public LintReport lint(String project, byte[] body, Format format) {
        try {
            DescriptorSource source = read(project, body, format);
            return source instanceof DescriptorSource.Inline inline
                    ? new LintReport(
                            List.of(),
                            inline.warnings(),
                            inline.graph().services().size())
                    : new LintReport(List.of(), List.of(), 0);
        } catch (SmoException invalid) {
            if (invalid.kind() != SmoException.Kind.INVALID) {
                throw invalid;
            }
            return new LintReport(syntax.locate(body, format, invalid.violations()), List.of(), 0);
        }
    }

    @Override
    public Graph restore(String project, JsonObject descriptor) {
        return GraphMapper.graph(project, descriptor);
    }

    @Override
    public JsonObject schema() {
        return schema.current().published();
    }

    private static void checkKind(JsonObject body, ValidationFindings findings) {
        boolean inline = body.get("hdaGraph").isPresent();
        boolean reference = body.get("artifact").isPresent();
        if (inline && reference) {
            findings.violation("", "`hdaGraph` and `artifact` exclude each other, give exactly one");
        } else if (!inline && !reference) {
            findings.violation(
                    "/hdaGraph", "`hdaGraph` is missing; give a descriptor, or a reference to one as `artifact`");
        }
    }

    private static DescriptorSource document(String project, JsonObject body, List<String> warnings) {
        StrategyOverride override = body.get("override")
                .flatMap(value -> value.asObject())
                .map(SelectionMapper::override)
                .orElse(StrategyOverride.NONE);
        return body.get("artifact")
                .flatMap(value -> value.asString())
                .<DescriptorSource>map(reference -> new DescriptorSource.ByReference(reference, override))
                .orElseGet(() -> new DescriptorSource.Inline(
                        GraphMapper.graph(
                                project,
                                body.get("hdaGraph")
                                        .flatMap(value -> value.asObject())
                                        .orElse(JsonObject.EMPTY)),
                        override,
                        warnings));
    }
}
