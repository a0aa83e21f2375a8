package iotbox.loader;

public final class Explore {
  public static void main(String[] a) {
    int same = 0, refused = 0, wrong = 0;
    for (var e : Programs.all().entrySet()) {
      if (a.length > 0 && !e.getKey().matches(a[0])) continue;
      String ecj = Programs.outcome(new EclipseCompiler(), e.getValue());
      String raw = Programs.outcome(new JaninoCompiler(false), e.getValue());
      String saf = Programs.outcome(new JaninoCompiler(), e.getValue());
      String v =
          !ecj.startsWith("answers")
              ? "ECJ? " + ecj
              : raw.equals(ecj) ? "same" : raw.startsWith("refused") ? "REFUSED " : "WRONG";
      String s = saf.equals(ecj) ? "safe" : saf.startsWith("refused") ? "out" : "BROKEN";
      System.out.println(v + "\t" + s + "\t" + e.getKey());
      if (!v.equals("same") || a.length > 0) {
        System.out.println("   ecj " + ecj);
        System.out.println("   raw " + raw);
      }
      if (!s.equals("safe")) System.out.println("   saf " + saf);
    }
  }
}
