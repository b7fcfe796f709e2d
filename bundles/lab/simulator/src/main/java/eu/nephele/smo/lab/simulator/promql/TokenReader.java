// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import eu.nephele.smo.lab.simulator.promql.Token.TokenKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/** Reads the tokens of an expression one after the other, and selectors and lists of labels from them. */
final class TokenReader {

    private final List<Token> tokens;
    private int at;

    /** @param tokens the last one is the end */
    TokenReader(List<Token> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The next token; after the end the end again. */
    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean takeSymbol(String symbol) {
        return take(peek().isSymbol(symbol));
    }

    boolean takeWord(String word) {
        return take(peek().isWord(word));
    }

    private boolean take(boolean wanted) {
        if (wanted) {
            next();
        }
        return wanted;
    }

    Token expect(String symbol) {
        Token token = next();
        if (!token.isSymbol(symbol)) {
            throw PromqlException.at(token.position(), "expected '%s', got %s".formatted(symbol, token.shown()));
        }
        return token;
    }

    private Token expect(TokenKind kind, String what) {
        Token token = next();
        if (token.kind() != kind) {
            throw PromqlException.at(token.position(), "expected %s, got %s".formatted(what, token.shown()));
        }
        return token;
    }

    /** {@code (a, b)}. */
    Set<String> labelNames() {
        expect("(");
        Set<String> names = new TreeSet<>();
        while (!takeSymbol(")")) {
            names.add(expect(TokenKind.NAME, "a label").text());
            if (!peek().isSymbol(")")) {
                expect(",");
            }
        }
        return names;
    }

    /**
     * Parses the part that follows the name of a metric.
     *
     * @param open the brace when there is no name: then it is read already
     */
    Selector selector(Optional<String> name, Token open) {
        List<LabelMatcher> matchers = new ArrayList<>();
        if (name.isEmpty() || takeSymbol("{")) {
            while (!takeSymbol("}")) {
                matchers.add(matcher());
                if (!peek().isSymbol("}")) {
                    expect(",");
                }
            }
        }
        if (name.isEmpty() && matchers.stream().allMatch(matcher -> matcher.acceptsText(""))) {
            throw PromqlException.at(open.position(), "the selector means every series; give a name or a label");
        }
        return new Selector(name, matchers, takeSymbol("[") ? Optional.of(range()) : Optional.empty());
    }

    private Duration range() {
        Duration range = PromQlLiterals.duration(expect(TokenKind.QUANTITY, "a duration such as 5m"));
        expect("]");
        return range;
    }

    private LabelMatcher matcher() {
        Token label = expect(TokenKind.NAME, "a label");
        Token operator = next();
        if (!Set.of("=", "!=", "=~", "!~").contains(operator.text()) || operator.kind() != TokenKind.SYMBOL) {
            throw PromqlException.at(operator.position(), "expected =, !=, =~ or !~, got " + operator.shown());
        }
        Token value = expect(TokenKind.STRING, "a text in quotes");
        try {
            return new LabelMatcher(label.text(), operator.text(), value.text());
        } catch (PatternSyntaxException e) {
            throw PromqlException.at(value.position(), "not a regular expression: " + e.getDescription());
        }
    }
}
