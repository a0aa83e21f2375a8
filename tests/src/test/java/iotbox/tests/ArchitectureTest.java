package iotbox.tests;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import iotbox.handler.Driver;
import iotbox.handler.Interface;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.Timer;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the house, each with its reason. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .importPaths(
              BoxProcess.root().resolve("loader/target/classes"),
              BoxProcess.root().resolve("box/target/classes"));

  private static final JavaClasses TESTKIT =
      new ClassFileImporter()
          .importPaths(BoxProcess.root().resolve("loader/testkit/target/classes"));

  @ParameterizedTest
  @CsvSource({
    "iotbox.handler, 10",
    "iotbox.loader, 25",
    "iotbox.loader.signature, 5",
    "iotbox.box, 5",
    "iotbox.box.command, 10",
    "iotbox.box.dev, 8",
    "iotbox.box.access, 2",
    "iotbox.box.detection, 3",
    "iotbox.box.device, 15",
    "iotbox.box.device.choice, 9",
    "iotbox.box.device.open, 9",
    "iotbox.box.device.status, 5",
    "iotbox.box.guard, 10",
    "iotbox.box.option, 5",
    "iotbox.box.metric, 5",
    "iotbox.box.health, 3",
    "iotbox.box.event, 3",
    "iotbox.box.simulation, 8",
    "iotbox.box.odoo, 15",
    "iotbox.box.http, 10",
    "iotbox.stock, 10"
  })
  void thereAreClassesToLookAt(String name, int atLeast) {
    long seen =
        HOUSE.stream().filter(type -> (type.getPackageName() + ".").startsWith(name + ".")).count();
    assertTrue(seen >= atLeast, name + " has " + seen + " classes: is it imported at all?");
  }

  @Test
  void theHandlerApiNeedsNothingButJava() {
    classes()
        .that()
        .resideInAPackage("iotbox.handler")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("iotbox.handler", "java..", "org.slf4j")
        .because("people's modules are compiled against it for years")
        .check(HOUSE);
  }

  @Test
  void onlyTestsKnowTheTestKit() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("iotbox.testkit..", "org.junit..")
        .because("what runs in the field has nothing in it that is there for tests")
        .check(HOUSE);
  }

  @Test
  void theTestKitHasNoSemanticsOfItsOwn() {
    assertTrue(TESTKIT.size() >= 10, "only " + TESTKIT.size() + " classes: is it imported at all?");
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.codehaus..", "org.eclipse.jdt..", "io.javalin..", "com.sun.jna..")
        .orShould()
        .callMethodWhere(
            describe(
                "calls a handler itself",
                // A compiler's task is a Callable, too.
                (JavaMethodCall call) ->
                    callsForeignCode(call)
                        && !call.getTargetOwner().getPackageName().equals("javax.tools")))
        .because("the box's own loader, guard and device manager run the handlers of a test")
        .check(TESTKIT);
  }

  @Test
  void theLoaderDoesNotKnowTheProgram() {
    classes()
        .that()
        .resideInAPackage("iotbox.loader..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "iotbox.handler",
            "iotbox.loader..",
            "java..",
            "org.slf4j..",
            "org.codehaus..",
            "org.eclipse.jdt..")
        .because("it knows Java and zip files, and can be used and tested without a box")
        .check(HOUSE);
  }

  @Test
  void stockHandlersAreWrittenLikeAnybodysElse() {
    classes()
        .that()
        .resideInAPackage("iotbox.stock..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "iotbox.handler",
            "iotbox.stock..",
            "java..",
            "javax.xml.stream..",
            "javax.imageio..",
            "org.slf4j..",
            "com.fazecast.jSerialComm..",
            "org.usb4java..",
            "okhttp3..",
            "okio..",
            "javax.net.ssl..",
            "com.fasterxml.jackson..",
            // Open to other authors as jars of their own module.
            "com.sun.jna..",
            "com.google.zxing..",
            "com.google.re2j..",
            "com.hp.jipp..")
        .because("what they need and the public API lacks, third parties lack too")
        .check(HOUSE);
  }

  @Test
  void signaturesNeedNothingButJava() {
    classes()
        .that()
        .resideInAPackage("iotbox.loader.signature")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("iotbox.loader.signature", "java..")
        .because("what decides whom to trust must be small enough to be read by whoever doubts it")
        .check(HOUSE);
  }

  @Test
  void compilersStayInTheLoader() {
    noClasses()
        .that()
        .resideOutsideOfPackage("iotbox.loader")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.codehaus..", "org.eclipse.jdt..")
        .because("a compiler can be replaced only if few know it")
        .check(HOUSE);
  }

  @Test
  void everybodyElseInTheLoaderKnowsCompilersByTheirInterfaceOnly() {
    classes()
        .that(
            describe(
                "use a compiler's classes",
                (JavaClass type) -> uses(type, "org.codehaus.") || uses(type, "org.eclipse.jdt.")))
        .should(
            check(
                "not use both compilers",
                type -> !(uses(type, "org.codehaus.") && uses(type, "org.eclipse.jdt."))))
        .andShould()
        .notBePublic()
        .because("Janino and the Eclipse compiler do not know of each other, nor others of them")
        .check(HOUSE);
  }

  @Test
  void theWebServerStaysInItsPackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("iotbox.box.http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet..")
        .because("routes are in one visible table, and nothing else knows HTTP")
        .check(HOUSE);
  }

  @Test
  void figuresAreMadeInOnePackage() {
    noClasses()
        .that()
        .resideOutsideOfPackage("iotbox.box.metric")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.micrometer..", "io.prometheus..")
        .because("a box that nobody asks for figures must not load the libraries for them")
        .check(HOUSE);
  }

  @Test
  void theHttpClientStaysWithOdooAndHandlers() {
    noClasses()
        .that()
        .resideOutsideOfPackages("iotbox.box.odoo..", "iotbox.stock..")
        // It makes a certificate with that library, and calls nobody.
        .and()
        .doNotHaveFullyQualifiedName("iotbox.box.certificate.SelfSigned")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("okhttp3..", "java.net.http..")
        .because("what leaves the box for Odoo is seen in one place")
        .check(HOUSE);
    noClasses()
        .that()
        .haveFullyQualifiedName("iotbox.box.certificate.SelfSigned")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("okhttp3", "okhttp3.internal..", "java.net.http..")
        .because("it needs the part that makes certificates only")
        .check(HOUSE);
  }

  @Test
  void theSystemItselfIsCalledByFewPackages() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "iotbox.box.systemd",
            "iotbox.box.simulation",
            "iotbox.stock.input",
            "iotbox.stock.keyboard.layout",
            "iotbox.stock.library")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .because("a wrong call into the C library ends the process, and few need one")
        .check(HOUSE);
  }

  @Test
  void whatDrawsCodesForCamerasIsKnownInTwoPlaces() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("iotbox.box.http.page.QrCode")
        .and()
        .doNotHaveFullyQualifiedName("iotbox.stock.printer.ticket.QrDots")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.zxing..")
        .because("only a part of that library is in the jar")
        .check(HOUSE);
  }

  @Test
  void devicesAndEventsKnowNeitherBrowsersNorOdoo() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "iotbox.box.detection..",
            "iotbox.box.device..",
            "iotbox.box.guard..",
            "iotbox.box.event..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("iotbox.box.http..", "iotbox.box.odoo..", "iotbox.stock..")
        .because("a device works the same whoever asks")
        .check(HOUSE);
  }

  @Test
  void theManagerKnowsTheRoomsOfADeviceAndTheyDoNotKnowIt() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("detection")
        .definedBy("iotbox.box.detection")
        .layer("manager")
        .definedBy("iotbox.box.device")
        .layer("choice")
        .definedBy("iotbox.box.device.choice")
        .layer("open")
        .definedBy("iotbox.box.device.open")
        .layer("status")
        .definedBy("iotbox.box.device.status")
        .whereLayer("detection")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("manager")
        .mayOnlyBeAccessedByLayers("detection")
        .whereLayer("choice")
        .mayOnlyBeAccessedByLayers("manager")
        .whereLayer("open")
        .mayOnlyBeAccessedByLayers("manager")
        .whereLayer("status")
        .mayOnlyBeAccessedByLayers("manager", "choice", "open")
        .because("locks are taken in that direction, and each can be understood without the others")
        .check(HOUSE);
  }

  @Test
  void browsersAndOdooDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("iotbox.box.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("iotbox.box.odoo..")
        .because("the server's side says what it needs of Odoo in an interface of its own")
        .check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage("iotbox.box.odoo..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("iotbox.box.http..")
        .because("Odoo is kept informed whether or not anybody browses")
        .check(HOUSE);
  }

  @Test
  void whoMayDoWhatIsDecidedWithoutKnowingWhoAsks() {
    classes()
        .that()
        .resideInAPackage("iotbox.box.access")
        .should()
        .onlyDependOnClassesThat(
            describe(
                "are Java's, of the package, the log, or write a private file",
                type ->
                    type.getPackageName().startsWith("java")
                        || type.getPackageName().equals("iotbox.box.access")
                        || type.getPackageName().equals("org.slf4j")
                        || type.getSimpleName().equals("PrivateFile")
                        || type.isPrimitive()
                        || type.isArray()))
        .because("a policy is read and tested best where there is nothing else")
        .check(HOUSE);
  }

  @Test
  void whatIsForAuthorsIsNotForABoxAtWork() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("iotbox.box.Box")
        .and()
        .resideOutsideOfPackage("iotbox.box.dev")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("iotbox.box.dev")
        .because("a box in a shop neither plays devices nor shows its password at each start")
        .check(HOUSE);
  }

  @Test
  void eachPackageSaysWhatItIs() {
    Set<String> packages =
        Stream.of(HOUSE, TESTKIT)
            .flatMap(JavaClasses::stream)
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertTrue(packages.size() >= 60, "only " + packages);
    packages.removeIf(
        name ->
            Stream.of("loader", "loader/testkit", "box")
                .map(module -> BoxProcess.root().resolve(module).resolve("src/main/java"))
                .anyMatch(
                    sources ->
                        Files.exists(
                            sources.resolve(name.replace('.', '/')).resolve("package-info.java"))));
    assertEquals(Set.of(), packages, "a newcomer finds the place for a line in package-info.java");
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("iotbox.(**)")
        .should()
        .beFreeOfCycles()
        .because("a package can be understood, tested and replaced with only those below it")
        .check(HOUSE);
  }

  @Test
  void threadsAreMadeInOnePlace() {
    noClasses()
        .that()
        .doNotHaveSimpleName("BoxThreads")
        .should()
        .callCodeUnitWhere(describe("makes a thread", call -> makesThread(call)))
        .because("one look at BoxThreads tells which threads there are")
        .check(HOUSE);
  }

  private static boolean makesThread(JavaAccess<?> call) {
    JavaClass owner = call.getTargetOwner();
    String name = call.getTarget().getName();
    if (call instanceof JavaConstructorCall) {
      // Two exceptions: the JVM itself wants a thread for the end of the program, and nobody but
      // the web server's package may know Jetty and its pool.
      boolean shutdown =
          call.getOrigin().getFullName().startsWith("iotbox.box.Lifecycle.endWithTheProcess(");
      boolean webServer =
          owner.getName().equals("org.eclipse.jetty.util.thread.QueuedThreadPool")
              && call.getOriginOwner().getPackageName().equals("iotbox.box.http");
      return !shutdown
          && !webServer
          && (owner.isAssignableTo(Thread.class)
              || owner.isAssignableTo(Executor.class)
              || owner.isAssignableTo(Timer.class));
    }
    if (owner.isAssignableTo(CompletableFuture.class) && name.endsWith("Async")) {
      return call instanceof JavaMethodCall method
          && method.getTarget().getRawParameterTypes().stream()
              .noneMatch(type -> type.isEquivalentTo(Executor.class));
    }
    return owner.isEquivalentTo(Executors.class)
        || name.equals("parallelStream")
        || name.equals("commonPool");
  }

  @Test
  void foreignCodeIsCalledInsideTheGuardOnly() {
    noClasses()
        .that()
        .resideInAPackage("iotbox.box..")
        .and()
        .doNotHaveSimpleName("GuardedCall")
        .should()
        .callCodeUnitWhere(
            describe(
                "calls a handler without DriverGuard",
                call -> callsForeignCode(call) && !isGuarded(call)))
        .because("a handler that hangs or throws must cost only itself")
        .check(HOUSE);
  }

  @Test
  void theGuardIsSeenAtWork() {
    long calls =
        HOUSE.stream()
            .filter(type -> type.getPackageName().startsWith("iotbox.box"))
            .flatMap(type -> type.getCodeUnitCallsFromSelf().stream())
            .filter(ArchitectureTest::callsForeignCode)
            .count();
    assertTrue(calls >= 8, "only " + calls + " calls into handlers: is the rule above blind?");
  }

  private static final Map<Class<?>, Set<String>> FOREIGN =
      Map.of(
          Driver.class, Set.of("run", "action", "disconnect"),
          Interface.class, Set.of("getDevices", "loopDelay", "close"),
          Callable.class, Set.of("call"),
          Method.class, Set.of("invoke"),
          Constructor.class, Set.of("newInstance"));

  private static boolean callsForeignCode(JavaAccess<?> call) {
    return FOREIGN.entrySet().stream()
        .anyMatch(
            foreign ->
                call.getTargetOwner().isAssignableTo(foreign.getKey())
                    && foreign.getValue().contains(call.getTarget().getName()));
  }

  /** In a lambda of a method that calls the guard, or in a method that only such lambdas call. */
  private static boolean isGuarded(JavaAccess<?> call) {
    JavaCodeUnit origin = call.getOrigin();
    if (call.isDeclaredInLambda()) {
      return origin.getMethodCallsFromSelf().stream()
          .anyMatch(
              other -> other.getTargetOwner().getName().equals("iotbox.box.guard.DriverGuard"));
    }
    if (origin.getFullName().equals("iotbox.box.dev.DevView.isTerminal()")) {
      return true; // Asks a method of Java's that older versions lack.
    }
    Set<? extends JavaAccess<?>> callers = origin.getAccessesToSelf();
    return !callers.isEmpty() && callers.stream().allMatch(ArchitectureTest::isGuarded);
  }

  @Test
  void theLoaderRunsNoForeignCode() {
    noClasses()
        .that()
        .resideInAPackage("iotbox.loader..")
        .should()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callCodeUnitWhere(describe("runs foreign code itself", call -> runsForeignCode(call)))
        .because("loading must not run even a static initialiser: that is the guard's business")
        .check(HOUSE);
  }

  /** What is in a lambda is a factory, for the guard to call. JaninoTypes asks Janino itself. */
  private static boolean runsForeignCode(JavaAccess<?> call) {
    return callsForeignCode(call)
        && !isOnlyInLambdas(call)
        && !call.getOriginOwner().getSimpleName().equals("JaninoTypes");
  }

  private static boolean isOnlyInLambdas(JavaAccess<?> call) {
    Set<? extends JavaAccess<?>> callers = call.getOrigin().getAccessesToSelf();
    return call.isDeclaredInLambda()
        || !callers.isEmpty() && callers.stream().allMatch(ArchitectureTest::isOnlyInLambdas);
  }

  @Test
  void nothingIsSharedThroughStatics() {
    fields()
        .that()
        .areStatic()
        .and(
            describe(
                "are written in source",
                field -> !field.getModifiers().contains(JavaModifier.SYNTHETIC)))
        .should()
        .beFinal()
        .andShould(notBeMutable())
        .because("two boxes in one process must not meet, and tests run in any order")
        .check(HOUSE);
  }

  private static ArchCondition<JavaField> notBeMutable() {
    return new ArchCondition<>("not be of a mutable type") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        String type = field.getRawType().getName();
        boolean mutable =
            type.startsWith("java.util.concurrent.")
                || type.matches(
                    "java\\.util\\.\\w*(HashMap|TreeMap|HashSet|TreeSet|ArrayList|Deque|LinkedList)")
                || type.matches("java\\.lang\\.(StringBuilder|StringBuffer|ThreadLocal|Thread)");
        events.add(
            new SimpleConditionEvent(field, !mutable, field.getFullName() + " is a " + type));
      }
    };
  }

  @Test
  void onlyTheMainClassEndsTheProgramAndPrints() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("iotbox.box.Box")
        .and()
        // The program of a process of its own, whose output the box reads.
        .doNotHaveFullyQualifiedName("iotbox.loader.EclipseWorker")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .accessField(System.class, "out")
        .because("standard output carries the line \"ready\" and nothing else")
        .check(HOUSE);
  }

  private static boolean uses(JavaClass type, String prefix) {
    return type.getDirectDependenciesFromSelf().stream()
        .anyMatch(dependency -> dependency.getTargetClass().getName().startsWith(prefix));
  }

  private static ArchCondition<JavaClass> check(
      String description, java.util.function.Predicate<JavaClass> rule) {
    return ArchCondition.from(DescribedPredicate.<JavaClass>describe(description, rule::test));
  }
}
