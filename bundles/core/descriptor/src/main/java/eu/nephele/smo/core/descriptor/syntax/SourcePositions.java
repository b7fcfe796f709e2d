// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.core.descriptor.syntax;

import eu.nephele.smo.api.runtime.Violation;
import eu.nephele.smo.core.contract.descriptor.LintReport.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places of JSON pointers in a text. Whoever walks through the text tells what begins and ends; remembered is only what lies on the way
 * to a wanted pointer, so the size of the text costs no memory.
 */
final class SourcePositions {

    /** As {@link ParseErrors} says where a body cannot be read. */
    private static final Pattern TOLD = Pattern.compile("line (\\d+), column (\\d+): (.*)", Pattern.DOTALL);

    /** As the schema words a member that it does not know. */
    private static final Pattern UNKNOWN = Pattern.compile("`([^`]+)` is unknown here");

    /** A step of wanted pointers. */
    private static final class PointerStep {
        private final Map<String, PointerStep> next = new HashMap<>();
        private int line;
        private int column;
    }

    /** An object or array that has begun; {@code step} is missing where nothing below it is wanted. */
    private static final class OpenNode {
        private final Optional<PointerStep> step;
        private final boolean array;
        private int index;
        private Optional<PointerStep> member = Optional.empty();
        private boolean named;

        private OpenNode(Optional<PointerStep> step, boolean array) {
            this.step = step;
            this.array = array;
        }
    }

    private final PointerStep root = new PointerStep();
    private final Deque<OpenNode> open = new ArrayDeque<>();

    void want(Violation violation) {
        PointerStep step = root;
        for (String token : tokens(violation)) {
            step = step.next.computeIfAbsent(token, any -> new PointerStep());
        }
    }

    /** Returns whether the error says itself where it is. */
    static boolean isTold(Violation violation) {
        return violation.pointer().isEmpty()
                && TOLD.matcher(violation.message()).matches();
    }

    /** The way to the place: of an unknown member, which is reported at the object that has it, to the member. */
    private static List<String> tokens(Violation violation) {
        List<String> tokens = new ArrayList<>();
        String pointer = violation.pointer();
        if (!pointer.isEmpty()) {
            for (String token : pointer.substring(1).split("/", -1)) {
                tokens.add(token.replace("~1", "/").replace("~0", "~"));
            }
        }
        Matcher unknown = UNKNOWN.matcher(violation.message());
        if (unknown.lookingAt()) {
            tokens.add(unknown.group(1));
        }
        return tokens;
    }

    /** Returns whether the next scalar is the name of a member. */
    boolean expectsName() {
        OpenNode last = open.peek();
        return last != null && !last.array && !last.named;
    }

    /** The name of a member; its value follows. */
    void member(String name, int line, int column) {
        OpenNode last = open.element();
        last.member = last.step.flatMap(step -> Optional.ofNullable(step.next.get(name)));
        last.member.ifPresent(step -> mark(step, line, column));
        last.named = true;
    }

    /** An object or array begins. */
    void begin(boolean array, int line, int column) {
        open.push(new OpenNode(next(line, column), array));
    }

    void end() {
        open.pop();
    }

    /** A text, number, truth value or null. */
    void value(int line, int column) {
        next(line, column);
    }

    private Optional<PointerStep> next(int line, int column) {
        OpenNode last = open.peek();
        if (last == null) {
            mark(root, line, column);
            return Optional.of(root);
        }
        if (last.array) {
            String index = Integer.toString(last.index++);
            Optional<PointerStep> item = last.step.flatMap(step -> Optional.ofNullable(step.next.get(index)));
            item.ifPresent(step -> mark(step, line, column));
            return item;
        }
        // the place of a member is that of its name
        last.named = false;
        return last.member;
    }

    private static void mark(PointerStep step, int line, int column) {
        if (step.line == 0) {
            step.line = line;
            step.column = column;
        }
    }

    /** The error with its place; of what is not there that of what should have it. */
    Finding finding(Violation violation) {
        Matcher told = TOLD.matcher(violation.message());
        if (violation.pointer().isEmpty() && told.matches()) {
            return new Finding("", told.group(3), number(told.group(1)), number(told.group(2)));
        }
        PointerStep step = root;
        PointerStep place = root;
        for (String token : tokens(violation)) {
            PointerStep next = step.next.get(token);
            if (next == null) {
                break;
            }
            step = next;
            place = step.line > 0 ? step : place;
        }
        return new Finding(violation.pointer(), violation.message(), place.line, place.column);
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException tooLarge) {
            return 0;
        }
    }
}
