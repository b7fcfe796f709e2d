// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.pools.containers.check;

import com.fasterxml.jackson.databind.JsonNode;
import eu.nephele.smo.pools.containers.check.FileFinding.Severity;
import eu.nephele.smo.pools.containers.source.SourceMark;
import eu.nephele.smo.pools.containers.source.SourceTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Collects the findings of one file: one error for each value, and never a value that may be secret. */
public final class FileFindings {

    /** Further errors are not told, and further warnings. */
    public static final int MOST = 500;

    private static final int LONGEST_VALUE = 60;

    /** The name of a service says nothing. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)(?:/services/[^/]+)?+.*(pass|pwd|secret|token|credential|private|auth|jwt|api_?key"
                    + "|(?<![^/_-])key(?![^/_-])).*|/services/[^/]+/environment(/.*)?");

    private static final Pattern FILE_OF_KEY = Pattern.compile("/servers/[0-9]+/ssh_key");

    private final SourceTree source;
    private final List<FileFinding> found = new ArrayList<>();

    public FileFindings(SourceTree source) {
        this.source = source;
    }

    /** Returns whether a name, or the pointer to a value, says that its value is a secret. */
    public static boolean saysSecret(String pointer) {
        return SECRET.matcher(pointer).matches() && !isFileOfKey(pointer);
    }

    /** Returns whether the value there is the path of a private key, which is no secret. */
    public static boolean isFileOfKey(String pointer) {
        return FILE_OF_KEY.matcher(pointer).matches();
    }

    /** An error in the value at a pointer. */
    void error(String pointer, String rule) {
        add(Severity.ERROR, pointer, SourceTree.key(pointer), source.mark(pointer), rule);
    }

    /** A warning about the value at a pointer. */
    void warning(String pointer, String rule) {
        add(Severity.WARNING, pointer, SourceTree.key(pointer), source.mark(pointer), rule);
    }

    /** An error about a key that is not there. */
    void missing(String pointer, String key) {
        add(Severity.ERROR, SourceTree.member(pointer, key), key, source.mark(pointer), "is required");
    }

    /** Returns whether there is no error at that value. */
    boolean isClean(String pointer) {
        return found.stream()
                .noneMatch(finding -> finding.isError() && finding.pointer().equals(pointer));
    }

    /** Returns whether the file can be used. */
    public boolean isUsable() {
        return found.stream().noneMatch(FileFinding::isError);
    }

    /** In the order of the text. */
    public List<FileFinding> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(
                                (FileFinding finding) -> finding.mark().line())
                        .thenComparingInt(finding -> finding.mark().column()))
                .toList();
    }

    private void add(Severity severity, String pointer, String key, SourceMark mark, String rule) {
        // warnings leave the errors their room: a file is used when it has none
        long told =
                found.stream().filter(finding -> finding.severity() == severity).count();
        if (told < MOST && (severity == Severity.WARNING || isClean(pointer))) {
            found.add(new FileFinding(severity, pointer, mark, key, value(pointer), rule));
        }
    }

    private String value(String pointer) {
        JsonNode value = source.root().at(pointer);
        if (value.isMissingNode() || saysSecret(pointer)) {
            return "";
        }
        if (value.isContainerNode()) {
            return value.isObject() ? "an object" : "a list";
        }
        String text = value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
