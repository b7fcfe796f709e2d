// SPDX-License-Identifier: Apache-2.0
package eu.nephele.smo.lab.simulator.promql;

import eu.nephele.smo.lab.simulator.promql.Token.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

final class Lexer {

    /** No person writes a longer rule; the limit bounds the work of a hostile one. */
    private static final int MAX_CHARS = 4096;

    private static final Pattern SPACE = Pattern.compile("(?:\\s|#[^\\n]*)+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern QUANTITY =
            Pattern.compile("(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+|[0-9a-zA-Z]*)");
    private static final Pattern SYMBOL = Pattern.compile("==|!=|<=|>=|=~|!~|[-+*/%<>=(){}\\[\\],]");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /** @throws PromqlException when a part is not a token */
    static List<Token> words(String text) {
        if (text.length() > MAX_CHARS) {
            throw PromqlException.at(
                    MAX_CHARS, "the expression has %d characters, at most %d".formatted(text.length(), MAX_CHARS));
        }
        Lexer lexer = new Lexer(text);
        lexer.skip();
        while (lexer.at < text.length()) {
            lexer.word();
            lexer.skip();
        }
        lexer.tokens.add(new Token(TokenKind.END, "", text.length()));
        return lexer.tokens;
    }

    private void skip() {
        Matcher space = matcher(SPACE);
        if (space.lookingAt()) {
            at = space.end();
        }
    }

    private void word() {
        char first = text.charAt(at);
        if (first == '"' || first == '\'' || first == '`') {
            string(first);
        } else if (!take(NAME, TokenKind.NAME)
                && !take(QUANTITY, TokenKind.QUANTITY)
                && !take(SYMBOL, TokenKind.SYMBOL)) {
            throw PromqlException.at(at, "unexpected character '%s'".formatted(first));
        }
    }

    private boolean take(Pattern pattern, TokenKind kind) {
        Matcher matcher = matcher(pattern);
        if (!matcher.lookingAt()) {
            return false;
        }
        tokens.add(new Token(kind, matcher.group(), at));
        at = matcher.end();
        return true;
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    private void string(char quote) {
        StringBuilder content = new StringBuilder();
        int begin = at++;
        while (at < text.length() && text.charAt(at) != quote) {
            char next = text.charAt(at++);
            content.append(next == '\\' && quote != '`' ? escaped() : next);
        }
        if (at >= text.length()) {
            throw PromqlException.at(begin, "unterminated text");
        }
        at++;
        tokens.add(new Token(TokenKind.STRING, content.toString(), begin));
    }

    private char escaped() {
        char code = at < text.length() ? text.charAt(at) : ' ';
        at++;
        return switch (code) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '"', '\'' -> code;
            default -> throw PromqlException.at(at - 2, "unknown escape '\\%s'".formatted(code));
        };
    }
}
