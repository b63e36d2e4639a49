Attribute VB_Name = "MinshengXL"
Option Explicit

' Each button starts the installed program on this workbook, and does nothing else.
' Where the program is comes only from a setting of the person at this desk, which
' "minsheng-xl setup" writes. The words that are shown stand on a hidden sheet.
' The workbook is the active one: with two masters open, Excel may run the macros of either.

Public Sub ClickConsolidate()
    StartProgram "consolidate"
End Sub

Public Sub RibbonConsolidate(control As Object)
    StartProgram "consolidate"
End Sub

Public Sub RibbonPrint(control As Object)
    StartProgram "print"
End Sub

Public Sub RibbonInspect(control As Object)
    StartProgram "inspect"
End Sub

Public Sub RibbonInbox(control As Object)
    StartProgram "inbox"
End Sub

Private Sub StartProgram(task As String)
    Dim program As String
    program = InstalledProgram()
    If program = "" Then
        MsgBox Words("B6")
    ElseIf ActiveWorkbook.Path = "" Or InStr(ActiveWorkbook.Path, "://") > 0 Then
        MsgBox Words("B7")
    ElseIf IsReadOnly() Then
        MsgBox Words("B8")
    Else
        ShowStatus
        Shell program & " live " & task & " """ & Place() & """", 0
    End If
End Sub

Private Sub ShowStatus()
    On Error Resume Next ' the sheet may be protected: the program still starts
    ActiveWorkbook.Worksheets(Words("B4")).Range(Words("B5")).Value = Words("B9")
End Sub

Private Function IsReadOnly() As Boolean
    On Error Resume Next ' LibreOffice does not know this property
    IsReadOnly = (GetAttr(Place()) And 1) <> 0
    IsReadOnly = ActiveWorkbook.ReadOnly
End Function

Private Function Place() As String
    Place = ActiveWorkbook.Path & "/" & ActiveWorkbook.Name ' FullName is the bare name in LibreOffice
End Function

Private Function Words(cell As String) As String
    Words = ActiveWorkbook.Worksheets("minsheng").Range(cell).Value
End Function

Private Function InstalledProgram() As String
    Dim setting As String, number As Integer, line As String
    If Environ("APPDATA") <> "" Then
        setting = Environ("APPDATA") & "\minsheng-xl\program.txt"
    Else
        setting = Environ("HOME") & "/.config/minsheng-xl/program.txt"
    End If
    If Dir(setting) <> "" Then
        number = FreeFile
        Open setting For Input As #number
        Line Input #number, line
        Close #number
    End If
    InstalledProgram = line
End Function
