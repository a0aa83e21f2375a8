package iotbox.box.http.part;

/**
 * One option of the box, as {@code GET /api/options} tells it. A value is a text, a list of texts
 * or a truth, as {@code kind} says, or {@code null} for none.
 *
 * @param name without dashes, such as {@code https-port}
 * @param kind one of {@code text several flag}
 * @param label what stands for its value in the help, such as {@code <n>}
 * @param help what it is for
 * @param value in effect since the start; {@code null} also if it is secret
 * @param usual the value where nobody says anything
 * @param source where the value in effect comes from: one of {@code command-line environment demo
 *     kept default}
 * @param kept what a person kept for it
 * @param next in effect after the next start, if nothing else changes
 * @param problem why the kept value was not used at this start, or {@code null}
 * @param elsewhere why it cannot be kept, and where to turn; {@code null} if it can
 * @param secret whether its value is never told
 */
public record OptionView(
    String name,
    String kind,
    String label,
    String help,
    Object value,
    Object usual,
    String source,
    Object kept,
    Object next,
    String problem,
    String elsewhere,
    boolean secret) {}
