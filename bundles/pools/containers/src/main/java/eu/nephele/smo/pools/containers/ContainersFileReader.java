// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import eu.nephele.smo.api.model.JsonValue.JsonObject;
import eu.nephele.smo.api.runtime.SmoException;
import eu.nephele.smo.pools.containers.check.CrossRules;
import eu.nephele.smo.pools.containers.check.FileFinding;
import eu.nephele.smo.pools.containers.check.FileFinding.Severity;
import eu.nephele.smo.pools.containers.check.FileFindings;
import eu.nephele.smo.pools.containers.check.FileSchema;
import eu.nephele.smo.pools.containers.check.FileVariables;
import eu.nephele.smo.pools.containers.file.ContainersFile;
import eu.nephele.smo.pools.containers.mapping.ApiJson;
import eu.nephele.smo.pools.containers.mapping.FileMapper;
import eu.nephele.smo.pools.containers.source.PlainYaml;
import eu.nephele.smo.pools.containers.source.SourceTree;
import eu.nephele.smo.pools.containers.source.UnreadableYamlException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads files of pools: syntax, then variables, then schema, then rules over several keys, then the model. Threads may share it. */
public final class ContainersFileReader {

    private final FileVariables variables;
    private final FileSchema schema = new FileSchema();

    /** @param variables what {@code ${NAME}} stands for in paths, hosts and images; secrets are no part of it */
    public ContainersFileReader(Map<String, String> variables) {
        this.variables = new FileVariables(variables);
    }

    /**
     * The file that a text is.
     *
     * @throws SmoException {@code INVALID} with all errors
     */
    public ContainersFile read(String text) {
        return lint(text).orThrow();
    }

    /** Everything that is wrong with a text, and the file when nothing is. */
    public FileReport lint(String text) {
        try {
            return check(PlainYaml.read(text));
        } catch (UnreadableYamlException unreadable) {
            return new FileReport(
                    Optional.empty(),
                    List.of(new FileFinding(Severity.ERROR, "", unreadable.mark(), "", "", unreadable.getMessage())));
        }
    }

    /** The document as it is written, with variables instead of their values. */
    public JsonObject document(String text) {
        return ApiJson.object(PlainYaml.read(text).root());
    }

    private FileReport check(SourceTree source) {
        FileFindings findings = new FileFindings(source);
        JsonNode written = source.root() instanceof MissingNode ? NullNode.getInstance() : source.root();
        JsonNode document = variables.in(written, findings);
        schema.check(document, findings);
        new CrossRules(document, findings).check();
        Optional<ContainersFile> file =
                findings.isUsable() ? Optional.of(new FileMapper(document).file()) : Optional.empty();
        return new FileReport(file, findings.inOrder());
    }
}
