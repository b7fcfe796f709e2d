// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import eu.nephele.smo.lab.simulator.promql.Expression.Absent;
import eu.nephele.smo.lab.simulator.promql.Expression.Aggregation;
import eu.nephele.smo.lab.simulator.promql.Expression.Binary;
import eu.nephele.smo.lab.simulator.promql.Expression.Constant;
import eu.nephele.smo.lab.simulator.promql.Expression.Growth;
import eu.nephele.smo.lab.simulator.promql.Expression.Negation;
import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import eu.nephele.smo.lab.simulator.promql.Token.TokenKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recursive descent over the tokens of an expression. */
final class Parser {

    /** No person writes a rule with deeper nesting, and it would cost the stack. */
    private static final int MAX_DEPTH = 50;

    private final TokenReader tokenReader;
    private int depth;

    private Parser(TokenReader tokenReader) {
        this.tokenReader = tokenReader;
    }

    static Expression parse(String text) {
        Parser parser = new Parser(new TokenReader(Lexer.words(text)));
        Expression expression = parser.instant();
        Token rest = parser.tokenReader.next();
        if (rest.kind() != TokenKind.END) {
            throw PromqlException.at(rest.position(), "unexpected " + rest.shown());
        }
        return expression;
    }

    private Expression instant() {
        Token first = tokenReader.peek();
        Expression expression = binary(1);
        requireInstant(expression, first);
        return expression;
    }

    private Expression binary(int weakest) {
        if (++depth > MAX_DEPTH) {
            throw PromqlException.at(tokenReader.peek().position(), "more than %d levels deep".formatted(MAX_DEPTH));
        }
        Token first = tokenReader.peek();
        Expression left = unary();
        for (Optional<Operator> operator = Operator.find(tokenReader.peek());
                operator.isPresent() && operator.get().strength() >= weakest;
                operator = Operator.find(tokenReader.peek())) {
            requireInstant(left, first);
            left = joined(left, operator.get());
        }
        depth--;
        return left;
    }

    private Expression joined(Expression left, Operator operator) {
        Token sign = tokenReader.next();
        boolean asNumber = operator.isComparison() && tokenReader.takeWord("bool");
        Token second = tokenReader.peek();
        Expression right = binary(operator.strength() + 1);
        requireInstant(right, second);
        if (operator.isOfSets() && (left.isScalar() || right.isScalar())) {
            throw PromqlException.at(sign.position(), "%s joins sets of series, not numbers".formatted(sign.shown()));
        }
        if (operator.isComparison() && !asNumber && left.isScalar() && right.isScalar()) {
            throw PromqlException.at(sign.position(), "a comparison of two numbers needs bool");
        }
        return new Binary(operator, asNumber, left, right);
    }

    private Expression unary() {
        if (tokenReader.takeSymbol("+")) {
            return unaryOperand();
        }
        return tokenReader.takeSymbol("-") ? new Negation(unaryOperand()) : primary();
    }

    private Expression unaryOperand() {
        Token first = tokenReader.peek();
        Expression operand = binary(Operator.TIMES.strength() + 1);
        requireInstant(operand, first);
        return operand;
    }

    private Expression primary() {
        Token token = tokenReader.next();
        if (token.isSymbol("(")) {
            Expression inner = instant();
            tokenReader.expect(")");
            return inner;
        }
        if (token.kind() == TokenKind.QUANTITY) {
            return new Constant(PromQlLiterals.number(token));
        }
        if (token.isSymbol("{")) {
            return tokenReader.selector(Optional.empty(), token);
        }
        if (token.kind() == TokenKind.NAME) {
            return named(token);
        }
        throw PromqlException.at(token.position(), "expected an expression, got " + token.shown());
    }

    private Expression named(Token name) {
        Token after = tokenReader.peek();
        Optional<Aggregation.Function> aggregation = Stream.of(Aggregation.Function.values())
                .filter(function -> name.isWord(function.name().toLowerCase(Locale.ROOT)))
                .findFirst();
        if (aggregation.isPresent() && (after.isSymbol("(") || after.isWord("by"))) {
            return aggregation(aggregation.get());
        }
        if (after.isSymbol("(")) {
            return call(name);
        }
        return PromQlLiterals.special(name)
                .<Expression>map(Constant::new)
                .orElseGet(() -> tokenReader.selector(Optional.of(name.text()), after));
    }

    private Expression aggregation(Aggregation.Function function) {
        boolean before = tokenReader.takeWord("by");
        Set<String> by = before ? tokenReader.labelNames() : Set.of();
        Token open = tokenReader.expect("(");
        Expression of = instant();
        tokenReader.expect(")");
        if (of.isScalar()) {
            throw PromqlException.at(open.position(), "expected series to aggregate, got a number");
        }
        return new Aggregation(function, !before && tokenReader.takeWord("by") ? tokenReader.labelNames() : by, of);
    }

    private Expression call(Token name) {
        Token open = tokenReader.expect("(");
        Expression call =
                switch (name.text()) {
                    case "absent" -> new Absent(series(open));
                    case "rate" -> new Growth(true, counter(open));
                    case "increase" -> new Growth(false, counter(open));
                    default -> throw PromqlException.at(name.position(), "unknown function " + name.shown());
                };
        tokenReader.expect(")");
        return call;
    }

    private Expression series(Token open) {
        Expression argument = instant();
        if (argument.isScalar()) {
            throw PromqlException.at(open.position() + 1, "expected series, got a number");
        }
        return argument;
    }

    private Selector counter(Token open) {
        if (binary(1) instanceof Selector selector && selector.range().isPresent()) {
            return selector;
        }
        throw PromqlException.at(
                open.position() + 1, "expected a selector with a range, for example requests_total[1m]");
    }

    private static void requireInstant(Expression expression, Token first) {
        if (expression instanceof Selector selector && selector.range().isPresent()) {
            throw PromqlException.at(first.position(), "a range stands only inside rate() and increase()");
        }
    }
}
