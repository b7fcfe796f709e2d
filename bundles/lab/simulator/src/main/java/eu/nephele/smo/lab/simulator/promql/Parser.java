// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import eu.nephele.smo.lab.simulator.promql.Expression.Absent;
import eu.nephele.smo.lab.simulator.promql.Expression.Aggregation;
import eu.nephele.smo.lab.simulator.promql.Expression.Binary;
import eu.nephele.smo.lab.simulator.promql.Expression.Constant;
import eu.nephele.smo.lab.simulator.promql.Expression.Growth;
import eu.nephele.smo.lab.simulator.promql.Expression.Negation;
import eu.nephele.smo.lab.simulator.promql.Expression.Selector;
import eu.nephele.smo.lab.simulator.promql.Token.Kind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recursive descent over the words of an expression. */
final class Parser {

    /** Deeper nesting is no rule that a person writes, and would cost the stack. */
    private static final int MAX_DEPTH = 50;

    private final Words words;
    private int depth;

    private Parser(Words words) {
        this.words = words;
    }

    static Expression parse(String text) {
        Parser parser = new Parser(new Words(Lexer.words(text)));
        Expression expression = parser.instant();
        Token rest = parser.words.next();
        if (rest.kind() != Kind.END) {
            throw PromqlException.at(rest.position(), "unexpected " + rest.shown());
        }
        return expression;
    }

    /** An expression whose value is of the moment. */
    private Expression instant() {
        Token first = words.peek();
        Expression expression = binary(1);
        requireInstant(expression, first);
        return expression;
    }

    private Expression binary(int weakest) {
        if (++depth > MAX_DEPTH) {
            throw PromqlException.at(words.peek().position(), "more than %d levels deep".formatted(MAX_DEPTH));
        }
        Token first = words.peek();
        Expression left = unary();
        for (Optional<Operator> operator = Operator.of(words.peek());
                operator.isPresent() && operator.get().strength() >= weakest;
                operator = Operator.of(words.peek())) {
            requireInstant(left, first);
            left = joined(left, operator.get());
        }
        depth--;
        return left;
    }

    private Expression joined(Expression left, Operator operator) {
        Token sign = words.next();
        boolean asNumber = operator.isComparison() && words.takeWord("bool");
        Token second = words.peek();
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
        if (words.takeSymbol("+")) {
            return unaryOperand();
        }
        return words.takeSymbol("-") ? new Negation(unaryOperand()) : primary();
    }

    private Expression unaryOperand() {
        Token first = words.peek();
        Expression operand = binary(Operator.TIMES.strength() + 1);
        requireInstant(operand, first);
        return operand;
    }

    private Expression primary() {
        Token token = words.next();
        if (token.isSymbol("(")) {
            Expression inner = instant();
            words.expect(")");
            return inner;
        }
        if (token.kind() == Kind.QUANTITY) {
            return new Constant(Quantities.number(token));
        }
        if (token.isSymbol("{")) {
            return words.selector(Optional.empty(), token);
        }
        if (token.kind() == Kind.NAME) {
            return named(token);
        }
        throw PromqlException.at(token.position(), "expected an expression, got " + token.shown());
    }

    private Expression named(Token name) {
        Token after = words.peek();
        Optional<Aggregation.Function> aggregation = Stream.of(Aggregation.Function.values())
                .filter(function -> name.isWord(function.name().toLowerCase(Locale.ROOT)))
                .findFirst();
        if (aggregation.isPresent() && (after.isSymbol("(") || after.isWord("by"))) {
            return aggregation(aggregation.get());
        }
        if (after.isSymbol("(")) {
            return call(name);
        }
        return Quantities.special(name)
                .<Expression>map(Constant::new)
                .orElseGet(() -> words.selector(Optional.of(name.text()), after));
    }

    private Expression aggregation(Aggregation.Function function) {
        boolean before = words.takeWord("by");
        Set<String> by = before ? words.labelNames() : Set.of();
        Token open = words.expect("(");
        Expression of = instant();
        words.expect(")");
        if (of.isScalar()) {
            throw PromqlException.at(open.position(), "expected series to aggregate, got a number");
        }
        return new Aggregation(function, !before && words.takeWord("by") ? words.labelNames() : by, of);
    }

    private Expression call(Token name) {
        Token open = words.expect("(");
        Expression call =
                switch (name.text()) {
                    case "absent" -> new Absent(series(open));
                    case "rate" -> new Growth(true, counter(open));
                    case "increase" -> new Growth(false, counter(open));
                    default -> throw PromqlException.at(name.position(), "unknown function " + name.shown());
                };
        words.expect(")");
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
